import { decodeUtf8, isJson } from "#json";
import type { MalformedCode } from "./envelope.ts";
import { MAX_RECORD_DEPTH } from "./limits.ts";
import { depthOf } from "./places.ts";

/**
 * Finds why bytes are no JSON text that can be read.
 *
 * Nesting comes first, so that `JSON.parse` never meets a text that could exhaust memory.
 */
export function findProblem(record: Uint8Array): MalformedCode | undefined {
  if (depthOf(record) > MAX_RECORD_DEPTH) return "TOO_DEEP";
  const text = decodeUtf8(record);
  if (text === undefined) return "INVALID_UTF8";
  return isJson(text) ? undefined : "INVALID_JSON";
}
