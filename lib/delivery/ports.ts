import type { EnvelopeValues } from "#engine";
import type { KeyRing, Person, RandomLabel } from "#keys";
import type { FeedName, Plan } from "#plan";
import type { Answer } from "./answer.ts";
import type { Claim, Fence } from "./claim.ts";
import type { Outcome } from "./outcome.ts";

export type { Claim, Fence } from "./claim.ts";

/** One life of one processor's output. Ledger entries and objects of two streams never meet. */
export interface Stream {
  readonly processor: string;
  readonly generation: string;
}

/** Where the ledger remembers one event of one stream. `id` is a keyed hash: 43 characters of base64url. */
export interface LedgerKey extends Stream {
  readonly id: string;
}

/** Conditional memory of deliveries. Writes give up at the deadline (ms since the epoch; absent = none). */
export interface ClaimLedger {
  /** Writes the claim unless there is one. */
  insert(key: LedgerKey, claim: Claim, deadlineMs?: number): Promise<Answer<"ok" | "found" | "unknown">>;
  /** Writes the claim over the one with this fence. */
  replace(
    key: LedgerKey,
    claim: Claim,
    when: { readonly fence: Fence },
    deadlineMs?: number,
  ): Promise<Answer<"ok" | "found" | "absent" | "unknown">>;
}

/** A ledger that orders the states of entities too. */
export interface Ledger extends ClaimLedger {
  /** Writes the claim where the entity may advance, with the sequence after the one that is there; 1 is the first. */
  advance(
    key: LedgerKey,
    claim: Claim,
    when: Advance,
    deadlineMs?: number,
  ): Promise<Answer<"advanced" | "found" | "unknown">>;
}

/** Holds where there is no claim, or one with a lower order that is done or whose lease is over at `nowMs`. */
export interface Advance {
  readonly orderBelow: string;
  readonly nowMs: number;
}

/** Objects that are written once: a key never changes its bytes. Calls give up at the deadline (ms since the epoch; absent = none). */
export interface ObjectStore {
  /** Writes the object unless the key is taken. */
  create(object: NewObject, deadlineMs?: number): Promise<Answer<"ok" | "exists" | "unknown">>;
  /** Who wrote the key, or undefined when it is free. Throws `DeliveryError` when it cannot be told. */
  head(key: string, deadlineMs?: number): Promise<ObjectHead | undefined>;
}

export interface ObjectHead {
  readonly fence: Fence;
  /** The key was taken so that no data object can be written under it any more. */
  readonly tombstone: boolean;
}

export interface NewObject extends ObjectHead {
  readonly key: string;
  /** A tombstone's body is a valid object of the format with no rows. */
  readonly body: Uint8Array;
}

/** One thing to deliver to one processor's sink. */
export interface Delivery {
  /** Source identity under the ledger's key: 43 characters of base64url. */
  readonly ledgerId: string;
  /** Keyed id that leaves with the delivery: `_id`, dedup id, idempotency key. */
  readonly deliveryId: string;
  readonly payload: Uint8Array;
  readonly entityKey?: string;
  /** Place among the states of the entity: the greatest string is the newest. */
  readonly order?: string;
  /** Which of the states of the entity that were let pass this is; 1 is the first. */
  readonly sequence?: number;
  readonly deleted: boolean;
  /** When the event happened, in ms since the epoch: decides partitions and indexes. */
  readonly timeMs: number;
  readonly feed: FeedName;
  /** What travels with the record, by the names of the plan's envelope. */
  readonly envelope: EnvelopeValues;
  /** Those of them that stand beside a message's body, so that consumers can filter by them. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** One consumer's store, queue or index. */
export interface Sink {
  /** Delivers a batch before the deadline (ms since the epoch); result i belongs to delivery i. */
  deliver(batch: readonly Delivery[], deadlineMs: number): Promise<readonly Outcome[]>;
}

/** Where the deliveries of a plan go. */
export interface Outlet {
  readonly plan: Plan;
  readonly sink: Sink;
}

/** Opens the keys of a batch. They are dropped after it, so that a fence is seen by the next one. */
export interface KeySource {
  open(people: readonly Person[], deadlineMs?: number): Promise<KeyRing>;
}

export interface Clock {
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}

/** Returns `length` random bytes; a label says what for, where two runs have to be compared ({@link RandomLabel}). */
export type Random = (length: number, label?: RandomLabel) => Uint8Array;
