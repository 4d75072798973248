import { MAX_EVENT_BYTES, MAX_EVENT_DEPTH } from "#feeds";
import { decodeUtf8, type JsonProblem, type JsonValue, parseJson } from "#json";

export type ParsedBody =
  | { readonly value: JsonValue }
  | { readonly problem: "TOO_LARGE" | "INVALID_UTF8" | JsonProblem };

/** Reads the body of an event. Of several problems it tells the first: size, encoding, depth, JSON, repeated names. */
export function parseBody(body: Uint8Array): ParsedBody {
  if (body.length > MAX_EVENT_BYTES) return { problem: "TOO_LARGE" };
  const text = decodeUtf8(body);
  return text === undefined ? { problem: "INVALID_UTF8" } : parseJson(text, { maxDepth: MAX_EVENT_DEPTH });
}
