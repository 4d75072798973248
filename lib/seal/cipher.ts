import { createCipheriv, createDecipheriv, timingSafeEqual } from "node:crypto";
import type { PartKeys } from "./derive-keys.ts";
import { TAG_BYTES } from "./format.ts";

const CIPHER = "aes-256-gcm";

/** Encrypts a part: ciphertext and tag. */
export function encryptPart({ key, nonce }: PartKeys, plaintext: Uint8Array, aad: Uint8Array): Uint8Array {
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Decrypts a part; undefined when its bytes or what it is bound to are not those of the sealing. */
export function decryptPart({ key, nonce }: PartKeys, sealed: Uint8Array, aad: Uint8Array): Uint8Array | undefined {
  const tagAt = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(tagAt));
  const plaintext = decipher.update(sealed.subarray(0, tagAt));
  try {
    // GCM has no padding, so the end adds no bytes; it only proves the tag.
    decipher.final();
    return plaintext;
  } catch {
    return undefined;
  }
}

/** Compares a commitment in constant time. Both have 32 bytes. */
export function isCommittedTo({ commitment }: PartKeys, written: Uint8Array): boolean {
  return timingSafeEqual(commitment, written);
}
