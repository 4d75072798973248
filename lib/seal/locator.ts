import { LOCATOR_BLOCK_BYTES } from "./format.ts";

/** Who an envelope is about. Sealed under the processor's key, so that nobody else learns even that two are alike. */
export interface Locator {
  readonly tenant: string;
  /** Locators of people, as {@link OwnerKey} names them. */
  readonly people: readonly string[];
  /** For each segment the positions of its owners among the people; none = the tenant's key seals it. */
  readonly segments: readonly (readonly number[])[];
}

const SPACE = 0x20;

/** Writes `[tenant, people, segments]` as compact JSON, filled up with spaces, which JSON ignores. */
export function writeLocator({ tenant, people, segments }: Locator): Uint8Array {
  const text = Buffer.from(JSON.stringify([tenant, people, segments]));
  const padded = Buffer.alloc(Math.ceil(text.length / LOCATOR_BLOCK_BYTES) * LOCATOR_BLOCK_BYTES, SPACE);
  padded.set(text);
  return padded;
}

/** Reads what `writeLocator` wrote: it has been authenticated, so it is nothing else. */
export function readLocator(bytes: Uint8Array): Locator {
  const [tenant, people, segments] = JSON.parse(Buffer.from(bytes).toString()) as [
    Locator["tenant"],
    Locator["people"],
    Locator["segments"],
  ];
  return { tenant, people, segments };
}
