import { isUtf8 } from "node:buffer";

/**
 * Decodes UTF-8 bytes, or returns undefined when they are not valid UTF-8.
 *
 * A byte order mark is kept: it is not JSON, and `parseJson` says so.
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8") : undefined;
}
