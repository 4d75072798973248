import { type PathShape, personsOf } from "#engine";
import type { ErrorCode } from "#errors";
import type { Envelope, Subject } from "#feeds";
import { type KeyRing, keyedToken } from "#keys";
import { MAX_PEOPLE, SALT_BYTES, seal, sealContext, toText } from "#seal";
import { type Incoming, isEvent, tenantOf } from "./incoming.ts";
import type { Outcome } from "./outcome.ts";
import { nameDigest, pathText } from "./path-text.ts";
import type { Delivery, Random, Sink } from "./ports.ts";

/** A record that some processors refuse, and why. */
export interface Rejection {
  readonly record: Incoming;
  readonly ledgerId: string;
  /** Everybody whom it names: it takes the keys of all of them to open it. */
  readonly subjects?: readonly Subject[];
  readonly refusals: readonly Refusal[];
}

/** One processor's refusal. */
export interface Refusal {
  readonly processor: string;
  readonly code: ErrorCode;
  readonly path?: PathShape;
}

/** Keeps what was refused, once each, so that it can be looked into and sent again. */
export interface Quarantine {
  /** Keeps each once; outcome i is that of rejection i, and `isKept` tells what it means. */
  put(rejections: readonly Rejection[], keys: KeyRing, deadlineMs: number): Promise<readonly Outcome[]>;
}

/** What operators see of a record in quarantine; only `sealed` holds data. */
export interface QuarantineRecord {
  readonly v: 1;
  readonly id: string;
  readonly feed?: string;
  /** When the event happened. */
  readonly time?: string;
  /** Length of the record. */
  readonly bytes: number;
  readonly rejects: readonly { readonly processor: string; readonly code: ErrorCode; readonly path?: string }[];
  /** The record as it came, as the text form of a sealed envelope bound to `id`; absent when it was not kept. */
  readonly sealed?: string;
}

/** Tells whether quarantine has the record, from now on or already. */
export function isKept(outcome: Outcome): boolean {
  return outcome.kind === "delivered" || (outcome.kind === "skipped" && outcome.reason === "duplicate");
}

/** Whose keys seal records in quarantine. */
export const QUARANTINE_STREAM = { processor: "quarantine", generation: "g1" } as const;
export const QUARANTINE = QUARANTINE_STREAM.processor;

/** What the seal of a record in quarantine is bound to. */
export function quarantinedAs(id: string): Uint8Array {
  return sealContext({ deliveryId: id, path: "", processor: QUARANTINE });
}

/**
 * Makes a quarantine of a sink that keeps each ledger id once.
 *
 * Records that are too large are kept without their bytes, and so are those of erased persons.
 */
export function createQuarantine({ sink, random }: { readonly sink: Sink; readonly random: Random }): Quarantine {
  return {
    put(rejections, keys, deadlineMs) {
      return sink.deliver(
        rejections.map((rejection) => deliveryOf(rejection, keys, random)),
        deadlineMs,
      );
    },
  };
}

function deliveryOf(rejection: Rejection, keys: KeyRing, random: Random): Delivery {
  const { record, ledgerId } = rejection;
  const id = keyedToken(keys.keyOf({ purpose: "quarantine", tenant: tenantOf(record) }), [ledgerId]);
  return {
    ledgerId,
    deliveryId: id,
    payload: Buffer.from(JSON.stringify(recordOf(id, rejection, keys, random))),
    deleted: false,
    timeMs: isEvent(record) ? record.timeMs : 0,
    feed: isEvent(record) ? record.feed : "CUSTOM",
    envelope: {},
    attributes: {},
  };
}

function recordOf(
  id: string,
  { record, subjects = [], refusals }: Rejection,
  keys: KeyRing,
  random: Random,
): QuarantineRecord {
  const nameKey = keys.keyOf({ purpose: "name" });
  const show = (name: string) => nameDigest(name, nameKey);
  const sealing = sealingFor(subjects, record, keys);
  const sealed = "body" in record ? sealBody(id, record.body, sealing, random) : undefined;
  return {
    v: 1,
    id,
    ...(isEvent(record) && { feed: record.feed, ...timeOf(record) }),
    bytes: "body" in record ? record.body.length : record.oversize,
    rejects: refusals.map(({ processor, code, path }) => ({
      processor,
      code,
      ...(path !== undefined && { path: pathText(path, show) }),
    })),
    ...(sealed !== undefined && { sealed }),
  };
}

/** Of more people than one envelope has keys for, those of the first open it. */
function sealingFor(subjects: readonly Subject[], record: Incoming, keys: KeyRing): ReturnType<KeyRing["sealing"]> {
  if (subjects.some((subject) => keys.isFenced(subject))) return "fenced";
  return keys.sealing(QUARANTINE_STREAM, tenantOf(record), personsOf(subjects).slice(0, MAX_PEOPLE));
}

/** A time that cannot be written may be why the record is here. */
function timeOf({ timeMs }: Envelope): Pick<QuarantineRecord, "time"> {
  const time = new Date(timeMs);
  return Number.isNaN(time.getTime()) ? {} : { time: time.toISOString() };
}

function sealBody(
  id: string,
  plaintext: Uint8Array,
  keys: ReturnType<KeyRing["sealing"]>,
  random: Random,
): string | undefined {
  if (keys === "fenced") return undefined;
  const salt = random(SALT_BYTES, { plan: QUARANTINE, delivery: id, path: "", purpose: "salt" });
  return toText(seal({ keys, salt, aad: quarantinedAs(id), segments: [{ owners: keys.people, plaintext }] }));
}
