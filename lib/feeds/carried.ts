import { gunzipSync } from "node:zlib";
import type { CarriedAs } from "./form.ts";

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

const DECODERS: Readonly<Record<CarriedAs, (text: string, atMost: number) => Uint8Array | undefined>> = {
  TEXT: (text) => Buffer.from(text),
  BASE64: decodeBase64,
};

/**
 * Takes out the record that a carrier holds as text; undefined when it is none.
 *
 * @param atMost most bytes that compressed data may become
 */
export function decodeCarried(text: string, as: CarriedAs, atMost: number): Uint8Array | undefined {
  return DECODERS[as](text, atMost);
}

function decodeBase64(text: string, atMost: number): Uint8Array | undefined {
  if (!BASE64.test(text)) return undefined;
  const bytes = Buffer.from(text, "base64");
  return bytes.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC) ? inflate(bytes, atMost) : bytes;
}

/** What is damaged, or would become too much, is none. */
function inflate(bytes: Buffer, maxOutputLength: number): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength });
  } catch {
    return undefined;
  }
}
