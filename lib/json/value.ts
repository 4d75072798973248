/**
 * A JSON value as it was written, not as JavaScript would hold it.
 *
 * Numbers keep their text (`12345678901234567890`, `1e400`, `-0` stay what they were), members keep their order and
 * `__proto__` is a name like any other. Values are immutable.
 */
export type JsonValue = JsonString | JsonNumber | JsonBoolean | JsonNull | JsonArray | JsonObject;

/** The JSON type of a value, as policies and reports name it. */
export type JsonKind = JsonValue["kind"];

/** A string, decoded: escapes are resolved, lone surrogates are kept. */
export interface JsonString {
  readonly kind: "string";
  readonly text: string;
}

/** A number, as the text in which it was received. */
export interface JsonNumber {
  readonly kind: "number";
  readonly text: string;
}

export interface JsonBoolean {
  readonly kind: "boolean";
  readonly value: boolean;
}

export interface JsonNull {
  readonly kind: "null";
}

export interface JsonArray {
  readonly kind: "array";
  readonly items: readonly JsonValue[];
  readonly span?: Span;
}

export interface JsonObject {
  readonly kind: "object";
  readonly members: readonly JsonMember[];
  readonly span?: Span;
}

/** One member of an object; `name` is decoded. */
export interface JsonMember {
  readonly name: string;
  readonly value: JsonValue;
}

/** Where an array or object stands in the text it was parsed from, in UTF-16 code units; absent when it was made. */
export interface Span {
  readonly start: number;
  /** Just behind the closing bracket: `text.slice(start, end)` is the value exactly as received. */
  readonly end: number;
}
