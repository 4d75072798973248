/** The part of JSON Schema (draft-07 and 2020-12) that Auth0's official schemas use. */
export interface JsonSchema {
  readonly type?: SchemaType | readonly SchemaType[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

export type SchemaType = "string" | "number" | "integer" | "boolean" | "null" | "object" | "array";

/** Schemas by event type: the log code (`fp`) or the Event Stream type (`user.created`). */
export type SchemaSet = ReadonlyMap<string, JsonSchema>;
