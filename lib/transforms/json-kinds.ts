import type { JsonKind } from "#json";

/** Every JSON type, for transforms that take any value. */
export const JSON_KINDS: readonly JsonKind[] = ["string", "number", "boolean", "null", "array", "object"];
