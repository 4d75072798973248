import type { Drift, Drop, PathShape, SkipReason } from "#engine";
import type { ErrorCode } from "#errors";

/** What became of an event for one processor: what a sink says of a delivery, and the pipeline of a record. */
export type Outcome = Delivered | Skipped | Rejected | Retry;

/** The sink has it. The pipeline adds what deciding the event found. */
export interface Delivered extends Partial<DecisionFindings> {
  readonly kind: "delivered";
}

/** What deciding an event found beside what is delivered. */
export interface DecisionFindings {
  readonly drops: readonly Drop[];
  /** Of plans that keep the whole event. */
  readonly drift?: Drift;
}

/** Nothing is to be done. */
export interface Skipped {
  readonly kind: "skipped";
  readonly reason: SkipReason;
}

/** It can never be delivered as it is: it belongs in quarantine, and once the pipeline says so it is there. */
export interface Rejected {
  readonly kind: "rejected";
  readonly code: ErrorCode;
  /** The place that does not fit. */
  readonly path?: PathShape;
}

/** Nobody is done with it: it goes back to whoever sent it. */
export interface Retry {
  readonly kind: "retry";
  readonly code: ErrorCode;
  /** How long to wait; absent = as long as whoever holds it likes. */
  readonly afterMs?: number;
}

export const DELIVERED: Delivered = { kind: "delivered" };
/** The sink had it already. */
export const DUPLICATE: Skipped = { kind: "skipped", reason: "duplicate" };
/** The sink has a newer state of the entity. */
export const STALE: Skipped = { kind: "skipped", reason: "stale" };
/** A part failed that should have said what became of the event. */
export const UNANSWERED: Retry = { kind: "retry", code: "SINK_FAILED" };

/** The batch's time was over before its turn came. */
export const OUT_OF_TIME: Retry = { kind: "retry", code: "OUT_OF_TIME" };
/** The sink asks to be asked less. */
export const THROTTLED: Retry = { kind: "retry", code: "SINK_THROTTLED" };

export function retry(code: ErrorCode, afterMs?: number): Retry {
  return { kind: "retry", code, ...(afterMs !== undefined && { afterMs }) };
}

export function rejected(code: ErrorCode, path?: PathShape): Rejected {
  return { kind: "rejected", code, ...(path !== undefined && { path }) };
}
