import { createHmac, hkdfSync } from "node:crypto";
import { encodeContext } from "./context.ts";
import { type KeyScope, scopeParts } from "./scope.ts";

export const KEY_BYTES = 32;
/** Bytes of a key's public name, and of a person's locator. */
export const NAME_BYTES = 16;

const NO_SALT = new Uint8Array();

/**
 * Derives the key of a scope from a root of 32 random bytes: HKDF-SHA-512 (RFC 5869) without salt, 32 bytes; `info` is
 * `["event-shield","key","v1",purpose,…parts]` as `encodeContext` writes it.
 */
export function derive(root: Uint8Array, scope: KeyScope): Uint8Array {
  return expand(root, ["event-shield", "key", "v1", ...scopeParts(scope)]);
}

/** Turns a secret text with enough randomness into a root. The text is no key itself, so that any alphabet will do. */
export function deriveRoot(secret: Uint8Array): Uint8Array {
  return expand(secret, ["event-shield", "root", "v1"]);
}

/**
 * Makes a keyed token of the parts: HMAC-SHA-256 over `encodeContext(parts)`, 43 characters of base64url.
 *
 * Different lists of parts never meet in one input, whatever characters the parts hold. What the token is for is in the
 * key's scope.
 */
export function keyedToken(key: Uint8Array, parts: readonly string[]): string {
  return createHmac("sha256", key).update(encodeContext(parts)).digest("base64url");
}

/** Public name of the keys of a processor and generation: 22 characters of base64url. It tells nothing but the root. */
export function keyName(root: Uint8Array, stream: { readonly processor: string; readonly generation: string }): string {
  const { processor, generation } = stream;
  return writeName(derive(root, { purpose: "key name", processor, generation }));
}

/** Writes the public name that the key of a "key name" scope stands for. */
export function writeName(key: Uint8Array): string {
  return Buffer.from(key.subarray(0, NAME_BYTES)).toString("base64url");
}

function expand(key: Uint8Array, info: readonly string[]): Uint8Array {
  return new Uint8Array(hkdfSync("sha512", key, NO_SALT, encodeContext(info), KEY_BYTES));
}
