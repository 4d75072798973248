import { readFileSync } from "node:fs";

/** A committed envelope with everything that opens it; keys, salts and envelopes are base64url. */
export interface SealVector {
  readonly title: string;
  readonly keyId: string;
  readonly key: string;
  readonly tenant: string;
  readonly tenantKey: string;
  readonly people: readonly { readonly locator: string; readonly key: string }[];
  readonly salt: string;
  readonly place: { readonly deliveryId: string; readonly path: string; readonly processor: string };
  /** Owners by their position among the people. */
  readonly segments: readonly { readonly owners: readonly number[]; readonly plaintext: string }[];
  readonly envelope: string;
}

export const VECTORS: readonly SealVector[] = JSON.parse(
  readFileSync(new URL("vectors.json", import.meta.url), "utf8"),
);

export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64url"));
}
