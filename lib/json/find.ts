import type { JsonObject, JsonValue } from "./value.ts";

/** Finds an object's member by its decoded name. */
export function getMember(object: JsonObject, name: string): JsonValue | undefined {
  for (const member of object.members) if (member.name === name) return member.value;
  return undefined;
}

/** Finds the value at a path of member names; undefined where a step is missing or no object. */
export function getPath(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const name of path) found = found?.kind === "object" ? getMember(found, name) : undefined;
  return found;
}
