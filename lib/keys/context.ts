/**
 * Encodes a list of strings so that no two lists give the same bytes: compact JSON, as `JSON.stringify` writes it, in
 * UTF-8.
 *
 * Lone surrogates stay apart, since JSON escapes them. Any language can write the same bytes (RFC 8785 agrees where the
 * strings are valid Unicode).
 */
export function encodeContext(parts: readonly string[]): Uint8Array {
  return Buffer.from(JSON.stringify(parts));
}
