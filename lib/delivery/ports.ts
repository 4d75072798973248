import type { FeedName } from "#plan";

/** Where the ledger remembers one event of one generation of a processor's output. `id` is a keyed hash. */
export interface LedgerKey {
  readonly processor: string;
  readonly generation: string;
  readonly id: string;
}

/** Random id of one worker's attempt; tells its own writes from others' after a lost response. */
export type Fence = string;

/** What the ledger remembers. */
export interface Claim {
  readonly fence: Fence;
  /** The object that holds, or will hold, the event (lake); absent elsewhere. */
  readonly objectKey?: string;
  /** Newest-state sinks: the version that was sent or is being sent. */
  readonly version?: bigint;
  readonly state: "pending" | "done";
  /** From then on another worker may take the claim over. */
  readonly leaseUntilMs: number;
  /** From then on the entry may vanish; always compared, never trusted to be prompt. */
  readonly expiresMs: number;
}

/**
 * Conditional memory of deliveries. A lost response is a value, not an exception: after `unknown` the write may or may
 * not have happened.
 */
export interface Ledger {
  /** Writes the claim unless there is one. */
  insert(key: LedgerKey, claim: Claim): Promise<"ok" | "unknown" | { readonly found: Claim }>;
  /** Writes the claim over the one with this fence, or over one with a lower version (or none). */
  replace(
    key: LedgerKey,
    claim: Claim,
    when: { readonly fence: Fence } | { readonly versionBelow: bigint },
  ): Promise<"ok" | "unknown" | { readonly found?: Claim }>;
}

/** Objects that are written once: a key never changes its bytes. */
export interface ObjectStore {
  /** Writes the object unless the key is taken. */
  create(object: NewObject): Promise<"ok" | "exists" | "unknown">;
  /** Who wrote the key, or undefined when it is free. Throws `DeliveryError` when it cannot be told. */
  head(key: string): Promise<{ readonly fence: Fence; readonly tombstone: boolean } | undefined>;
}

export interface NewObject {
  readonly key: string;
  /** A tombstone's body is a valid object of the format with no rows. */
  readonly body: Uint8Array;
  readonly fence: Fence;
  readonly tombstone: boolean;
}

/** One thing to deliver to one processor's sink. */
export interface Delivery {
  /** Source identity under the ledger's key: 43 characters of base64url. */
  readonly ledgerId: string;
  /** Keyed id that leaves with the delivery: `_id`, dedup id, idempotency key. */
  readonly deliveryId: string;
  readonly payload: Uint8Array;
  readonly entityKey?: string;
  readonly version?: bigint;
  readonly deleted: boolean;
  /** When the event happened: decides partitions and indexes. */
  readonly timeMs: number;
  readonly type: string;
  readonly feed: FeedName;
  /** Generated values that travel beside the payload. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** One consumer's store, queue or index. */
export interface Sink {
  /** Delivers a batch before the deadline; result i belongs to delivery i. */
  deliver(batch: readonly Delivery[], deadlineMs: number): Promise<readonly Settled[]>;
}

/** How a delivery ended. `retry` gives it back to whoever sent it, `reject` puts it in quarantine. */
export type Settled =
  | "delivered"
  | "duplicate"
  | "stale"
  | { readonly retry: string; readonly afterMs?: number }
  | { readonly reject: string };

export interface Clock {
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}
