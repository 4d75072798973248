import { createHash } from "node:crypto";
import type { Envelope, Subject } from "#feeds";
import type { Path } from "#plan";
import { encodeContext, keyedToken } from "#seal";

/**
 * What an event is, wherever and however often it arrives: feed, tenant, source and the feed's own id.
 *
 * The bytes are personal data: they key the ledger (hashed) and leave nowhere.
 */
export function sourceIdentity(event: Envelope): Uint8Array {
  return encodeContext(identityParts(event));
}

/** Keyed id of the event's delivery: 43 characters of base64url. */
export function deliveryId(transportKey: Uint8Array, event: Envelope): string {
  return keyedToken(transportKey, ["delivery", ...identityParts(event)]);
}

/** What names an entity: its id is unique per feed, tenant, source and place in the event. */
export interface EntityName extends Pick<Envelope, "feed" | "tenant" | "source"> {
  /** Canonical, where it is a person's. */
  readonly id: string;
  readonly path: Path;
}

/** Keyed id of an entity: 43 characters of base64url. Erasure makes the same one to find an erased person's documents. */
export function entityKey(transportKey: Uint8Array, { feed, tenant, source, id, path }: EntityName): string {
  return keyedToken(transportKey, ["entity", feed, tenant ?? "", source ?? "", id, ...path]);
}

/** A number in [0, 1) that is the same for the same event on every replay. */
export function eventFraction(transportKey: Uint8Array, event: Envelope): number {
  return fraction(keyedToken(transportKey, ["sample by event", ...identityParts(event)]));
}

/** A number in [0, 1) that is the same for the same person of a tenant in every event of every feed. */
export function subjectFraction(transportKey: Uint8Array, tenant: string | undefined, { id }: Subject): number {
  return fraction(keyedToken(transportKey, ["sample by subject", tenant ?? "", id]));
}

/** The first 10 bits of the source identity's hash: they order events of one millisecond. */
export function identityBits(event: Envelope): number {
  return createHash("sha256").update(sourceIdentity(event)).digest().readUInt16BE(0) >>> 6;
}

function identityParts({ feed, tenant, source, sourceId }: Envelope): readonly string[] {
  return [feed, tenant ?? "", source ?? "", sourceId];
}

function fraction(token: string): number {
  return Buffer.from(token, "base64url").readUIntBE(0, 6) / 2 ** 48;
}
