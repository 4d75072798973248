import { hkdfSync } from "node:crypto";
import { encodeContext, KEY_BYTES } from "#keys";
import { COMMITMENT_BYTES, NONCE_BYTES } from "./format.ts";

/** What one part of one envelope is sealed with. No two parts of any envelopes share it. */
export interface PartKeys {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  /** Written openly: the part opens with these keys and, for anybody who compares, with no others. */
  readonly commitment: Uint8Array;
}

const INFO = ["event-shield", "seal", "v1"];

/**
 * Derives what seals a part: HKDF-SHA-512 (RFC 5869) of the owners' keys one behind the other, over the envelope's salt;
 * 76 bytes: AES key, nonce, commitment.
 *
 * The nonce is derived too, since every key seals once; GCM alone does not commit to its key, so the commitment does.
 */
export function derivePartKeys(owners: readonly Uint8Array[], salt: Uint8Array, part: readonly string[]): PartKeys {
  const length = KEY_BYTES + NONCE_BYTES + COMMITMENT_BYTES;
  const info = encodeContext([...INFO, ...part]);
  const bytes = new Uint8Array(hkdfSync("sha512", Buffer.concat(owners), salt, info, length));
  return {
    key: bytes.subarray(0, KEY_BYTES),
    nonce: bytes.subarray(KEY_BYTES, KEY_BYTES + NONCE_BYTES),
    commitment: bytes.subarray(KEY_BYTES + NONCE_BYTES),
  };
}

export const LOCATOR_PART: readonly string[] = ["locator"];

export function segmentPart(index: number): readonly string[] {
  return ["segment", String(index)];
}
