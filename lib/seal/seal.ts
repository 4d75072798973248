import { createCipheriv, createDecipheriv } from "node:crypto";
import { type HeaderFailure, KEY_BYTES, parseHeader, type SealHeader, TAG_BYTES, writeHeader } from "./header.ts";

const CIPHER = "aes-256-gcm";

export interface SealInput {
  /** Public name of the root key; written into the envelope. */
  readonly keyId: string;
  /** The AES key: 32 bytes. */
  readonly key: Uint8Array;
  /** What `key` was derived from its root key with (`deriveSealKey`); absent when it is the root key itself. */
  readonly salt?: Uint8Array;
  /** 12 bytes, random, never used twice under one key. */
  readonly nonce: Uint8Array;
  /** What the envelope is bound to: whoever opens it has to know the same bytes (`encodeContext`). */
  readonly aad: Uint8Array;
  readonly plaintext: Uint8Array;
}

/**
 * Seals bytes into an envelope of format v1.
 *
 * @throws {RangeError} when the key, nonce, salt or key id does not fit the format
 */
export function seal({ keyId, key, salt = new Uint8Array(), nonce, aad, plaintext }: SealInput): Uint8Array {
  checkKey(key);
  const header = writeHeader({ keyId, salt, nonce });
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.concat([header, aad]));
  return Buffer.concat([header, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

export interface OpenInput {
  readonly envelope: Uint8Array;
  /** The bytes that were given to `seal`. */
  readonly aad: Uint8Array;
  /** Finds the AES key for a header's key id and salt; undefined when there is none (any more). */
  readonly findKey: (header: SealHeader) => Uint8Array | undefined;
}

/** `UNKNOWN_KEY`: nobody gave the key. `TAMPERED`: the bytes, the key or the context are not those of the sealing. */
export type OpenFailure = HeaderFailure | "UNKNOWN_KEY";

export type Opened =
  | { readonly ok: true; readonly plaintext: Uint8Array; readonly header: SealHeader }
  | { readonly ok: false; readonly failure: OpenFailure };

/**
 * Opens an envelope. Every way in which data can be wrong is a value.
 *
 * @throws {RangeError} when the key that was found is not 32 bytes long
 */
export function open({ envelope, aad, findKey }: OpenInput): Opened {
  const parsed = parseHeader(envelope);
  if (!parsed.ok) return parsed;
  const { header } = parsed;
  const key = findKey(header);
  if (key === undefined) return { ok: false, failure: "UNKNOWN_KEY" };
  checkKey(key);
  const plaintext = decrypt({ envelope, aad, key, header });
  return plaintext === undefined ? { ok: false, failure: "TAMPERED" } : { ok: true, plaintext, header };
}

interface Ciphertext {
  readonly envelope: Uint8Array;
  readonly aad: Uint8Array;
  readonly key: Uint8Array;
  readonly header: SealHeader;
}

function decrypt({ envelope, aad, key, header }: Ciphertext): Uint8Array | undefined {
  const tagAt = envelope.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, header.nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.concat([envelope.subarray(0, header.bytes), aad]));
  decipher.setAuthTag(envelope.subarray(tagAt));
  const plaintext = decipher.update(envelope.subarray(header.bytes, tagAt));
  try {
    // GCM has no padding, so the end adds no bytes; it only proves the tag.
    decipher.final();
    return plaintext;
  } catch {
    return undefined;
  }
}

function checkKey(key: Uint8Array): void {
  if (key.length !== KEY_BYTES) throw new RangeError(`expected a key of ${KEY_BYTES} bytes, got ${key.length}`);
}
