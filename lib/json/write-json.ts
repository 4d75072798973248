import type { JsonArray, JsonObject, JsonValue } from "./value.ts";

/**
 * Writes a value as compact JSON: members in their order, numbers as received, strings as `JSON.stringify` writes them.
 *
 * A lone surrogate is escaped, so that the text is always valid Unicode.
 */
export function writeJson(value: JsonValue): string {
  switch (value.kind) {
    case "string":
      return JSON.stringify(value.text);
    case "number":
      return value.text;
    case "boolean":
      return value.value ? "true" : "false";
    case "null":
      return "null";
    case "array":
      return writeArray(value);
    case "object":
      return writeObject(value);
  }
}

function writeArray({ items }: JsonArray): string {
  let text = "";
  for (const item of items) text += `${text === "" ? "" : ","}${writeJson(item)}`;
  return `[${text}]`;
}

function writeObject({ members }: JsonObject): string {
  let text = "";
  for (const { name, value } of members) text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${writeJson(value)}`;
  return `{${text}}`;
}
