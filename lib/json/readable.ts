import type { JsonValue } from "./value.ts";

/**
 * Longest number, in characters, that every reader takes: Jackson (OpenSearch, Spark, Trino) refuses longer ones, Python
 * integers of more than 4,300 digits. https://javadoc.io/doc/com.fasterxml.jackson.core/jackson-core/2.17.2/com/fasterxml/jackson/core/StreamReadConstraints.html
 * (read 2026-11-28).
 */
const LONGEST_NUMBER = 1_000;

/** Longest name, in UTF-16 code units, that every reader takes: Jackson again. */
const LONGEST_NAME = 50_000;

/**
 * Tells whether every reader of JSON can read a value, whatever it makes of it.
 *
 * Grammar allows more than that: a string or a name with half a surrogate pair is no Unicode text, and one of them makes a
 * whole file unreadable to DuckDB.
 */
export function isReadable(value: JsonValue): boolean {
  switch (value.kind) {
    case "string":
      return value.text.isWellFormed();
    case "number":
      return value.text.length <= LONGEST_NUMBER;
    case "array":
      return value.items.every(isReadable);
    case "object":
      return value.members.every((member) => isReadableName(member.name) && isReadable(member.value));
    default:
      return true;
  }
}

/** Tells whether every reader of JSON can read the name of a member. */
export function isReadableName(name: string): boolean {
  return name.length <= LONGEST_NAME && name.isWellFormed();
}
