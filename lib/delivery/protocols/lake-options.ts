import type { Layout } from "../layouts/layout.ts";
import type { ClaimLedger, Clock, ObjectStore, Random, Stream } from "../ports.ts";

/** What the lake protocol stands on. Everything outside is a port, so that a simulation can stand in for it. */
export interface LakeOptions<Row> {
  readonly stream: Stream;
  readonly ledger: ClaimLedger;
  readonly objects: ObjectStore;
  readonly layout: Layout<Row>;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: LakeLimits;
}

export interface LakeLimits {
  /** Longer than a worker can take from its first claim to its last write, skew included; only waiting depends on it. */
  readonly leaseMs: number;
  /** How long the ledger remembers: longer than an event may wander. */
  readonly rememberMs: number;
  /** Ledger calls under way at once. */
  readonly parallelClaims: number;
  /** Objects being written at once. */
  readonly parallelWrites: number;
  /** How often a call is made whose outcome stays unknown. */
  readonly attempts: number;
  /** Time before the deadline that is kept for writing what was claimed. */
  readonly reserveMs: number;
}
