import { createHash } from "node:crypto";
import { sourceIdentity } from "#engine";
import type { Envelope, Malformed } from "#feeds";
import { type KeyRing, keyedToken } from "#keys";

/** One record of the input: an event, something that is none, or something too large to look at. */
export type Incoming = Envelope | Malformed | Oversize;

/** A record that was too large to keep. */
export interface Oversize {
  /** Its length in bytes. */
  readonly oversize: number;
  /** What tells it from others and is the same whenever it comes again: a digest of its bytes, or its file and line. */
  readonly name: string;
}

export function isEvent(record: Incoming): record is Envelope {
  return "sourceId" in record;
}

/**
 * Makes the id under which a record is remembered: 43 characters of base64url.
 *
 * An event is what its feed says it is, however often and however wrapped it comes; anything else is its bytes.
 */
export function ledgerIdOf(record: Incoming, keys: Pick<KeyRing, "keyOf">): string {
  const key = keys.keyOf({ purpose: "ledger", tenant: tenantOf(record) });
  if (isEvent(record)) return keyedToken(key, ["event", Buffer.from(sourceIdentity(record)).toString()]);
  if ("oversize" in record) return keyedToken(key, ["oversize", String(record.oversize), record.name]);
  return keyedToken(key, ["bytes", createHash("sha256").update(record.body).digest("hex")]);
}

/** The tenant of an event; "" where there is none, or no event. */
export function tenantOf(record: Incoming): string {
  return isEvent(record) ? (record.tenant ?? "") : "";
}
