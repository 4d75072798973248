import { createHmac, hkdfSync } from "node:crypto";
import { encodeContext } from "./context.ts";
import { KEY_BYTES } from "./header.ts";

export interface DeriveInput {
  /** Key material with the strength of the result: 32 random bytes. */
  readonly key: Uint8Array;
  /** Makes the result differ under the same key and purpose, such as random bytes of a batch. */
  readonly salt: Uint8Array;
  /** What the result is for: two purposes never share a key. */
  readonly purpose: readonly string[];
}

/** Derives a key of 32 bytes: HKDF-SHA-256 (RFC 5869), the purpose encoded by `encodeContext` as `info`. */
export function deriveKey({ key, salt, purpose }: DeriveInput): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, salt, encodeContext(purpose), KEY_BYTES));
}

/**
 * Derives the AES key of a batch from a root key, so that no AES key meets enough random nonces for two to be equal.
 *
 * The same key id and salt give the same key to whoever opens. An empty salt names the root key itself.
 */
export function deriveSealKey({ keyId, key, salt }: { keyId: string; key: Uint8Array; salt: Uint8Array }): Uint8Array {
  return salt.length === 0 ? key : deriveKey({ key, salt, purpose: ["event-shield", "seal", "v1", keyId] });
}

/**
 * Makes a keyed token of the parts: HMAC-SHA-256 over `encodeContext(parts)`, 43 characters of base64url.
 *
 * Different lists of parts never meet in one input, whatever characters the parts hold. The first part says what the
 * token is for.
 */
export function keyedToken(key: Uint8Array, parts: readonly string[]): string {
  return createHmac("sha256", key).update(encodeContext(parts)).digest("base64url");
}
