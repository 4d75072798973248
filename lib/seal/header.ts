/** First bytes of every envelope. No UTF-8 text begins with them. */
export const MAGIC: Uint8Array = Uint8Array.of(0xe5, 0x5e, 0xa1);
export const VERSION = 1;
/** AES-256-GCM with a nonce of 12 and a tag of 16 bytes. */
export const AES_256_GCM = 1;
export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** What an envelope says openly: everything but the plaintext. */
export interface SealHeader {
  /** Public name of the root key: 1 to 255 visible ASCII characters. */
  readonly keyId: string;
  /** What the AES key was derived from the root key with; empty when it is the root key itself. At most 255 bytes. */
  readonly salt: Uint8Array;
  /** 12 bytes, never used twice under one AES key. */
  readonly nonce: Uint8Array;
  /** Length of the header: where the ciphertext begins. */
  readonly bytes: number;
}

/** `NOT_AN_ENVELOPE`: other data. `OTHER_VERSION`: a version or algorithm this code does not know. `TAMPERED`: damaged. */
export type HeaderFailure = "NOT_AN_ENVELOPE" | "OTHER_VERSION" | "TAMPERED";

export type ParsedHeader =
  | { readonly ok: true; readonly header: SealHeader }
  | { readonly ok: false; readonly failure: HeaderFailure };

const KEY_ID = /^[\x21-\x7e]{1,255}$/;
const FIXED_BYTES = MAGIC.length + 2;

/** Reads the header of an envelope. Nothing of it is proven until the envelope is opened. */
export function parseHeader(envelope: Uint8Array): ParsedHeader {
  if (!MAGIC.every((byte, index) => envelope[index] === byte)) return { ok: false, failure: "NOT_AN_ENVELOPE" };
  const [version, algorithm] = envelope.subarray(MAGIC.length, FIXED_BYTES);
  if (version === undefined || algorithm === undefined) return { ok: false, failure: "TAMPERED" };
  if (version !== VERSION || algorithm !== AES_256_GCM) return { ok: false, failure: "OTHER_VERSION" };
  const header = readFields(envelope);
  const isWhole = envelope.length >= header.bytes + TAG_BYTES && KEY_ID.test(header.keyId);
  return isWhole ? { ok: true, header } : { ok: false, failure: "TAMPERED" };
}

/** Reads past the end without failing: the caller compares lengths. */
function readFields(envelope: Uint8Array): SealHeader {
  const keyIdEnd = FIXED_BYTES + 1 + (envelope[FIXED_BYTES] ?? 0);
  const saltEnd = keyIdEnd + 1 + (envelope[keyIdEnd] ?? 0);
  return {
    keyId: Buffer.from(envelope.subarray(FIXED_BYTES + 1, keyIdEnd)).toString("latin1"),
    salt: Uint8Array.from(envelope.subarray(keyIdEnd + 1, saltEnd)),
    nonce: Uint8Array.from(envelope.subarray(saltEnd, saltEnd + NONCE_BYTES)),
    bytes: saltEnd + NONCE_BYTES,
  };
}

/**
 * Writes a header.
 *
 * @throws {RangeError} when a field does not fit the format
 */
export function writeHeader({ keyId, salt, nonce }: Omit<SealHeader, "bytes">): Uint8Array {
  if (!KEY_ID.test(keyId))
    throw new RangeError(`expected a key id of 1 to 255 visible ASCII characters, got ${JSON.stringify(keyId)}`);
  if (salt.length > 255) throw new RangeError(`expected a salt of at most 255 bytes, got ${salt.length}`);
  if (nonce.length !== NONCE_BYTES) throw new RangeError(`expected a nonce of 12 bytes, got ${nonce.length}`);
  const id = Buffer.from(keyId, "latin1");
  return Buffer.concat([
    MAGIC,
    Uint8Array.of(VERSION, AES_256_GCM, id.length),
    id,
    Uint8Array.of(salt.length),
    salt,
    nonce,
  ]);
}
