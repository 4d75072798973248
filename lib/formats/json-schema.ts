import { type Column, type ColumnType, ENVELOPE_NAME, hasColumns, type Plan } from "#plan";
import { envelopeSchema } from "./envelope-schema.ts";
import { tableOf } from "./table.ts";

type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema (2020-12) of what a consumer with an output message receives; without one, any object. */
export function jsonSchemaOf(plan: Plan): JsonSchema {
  const { columns, envelope, structured, name } = tableOf(plan);
  const head = { $schema: "https://json-schema.org/draft/2020-12/schema", title: name };
  if (!structured) return { ...head, type: "object" };
  const record = objectOf(columns.slice(envelope.length));
  const parts = plan.delivery.envelope;
  if (parts.length === 0 || hasColumns(plan.delivery)) return { ...head, ...record };
  return { ...head, ...record, properties: { ...record.properties, [ENVELOPE_NAME]: envelopeSchema(parts) } };
}

const SCALARS = {
  STRING: { type: "string" },
  BOOLEAN: { type: "boolean" },
  // Protobuf writes 64-bit integers as strings.
  INT64: { type: ["integer", "string"], pattern: "^-?[0-9]+$" },
  DOUBLE: { type: "number" },
  TIMESTAMP: { type: "string", format: "date-time" },
  JSON: {},
} as const satisfies Record<string, JsonSchema>;

function schemaOf(type: ColumnType): JsonSchema {
  if (typeof type === "string") return SCALARS[type];
  if ("list" in type) return { type: "array", items: schemaOf(type.list) };
  if ("map" in type) return { type: "object", additionalProperties: schemaOf(type.map) };
  return objectOf(type.struct);
}

function objectOf(columns: readonly Column[]): JsonSchema & { readonly properties: JsonSchema } {
  const properties = Object.fromEntries(columns.map(({ name, type }) => [name, schemaOf(type)]));
  return { type: "object", properties, additionalProperties: false };
}
