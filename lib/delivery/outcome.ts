import type { Drift, Drop, PathShape, SkipReason } from "#engine";
import type { ErrorCode } from "#errors";
import type { Sighted } from "./decide-record.ts";
import type { Settled } from "./ports.ts";

/** What became of a record: outcome i is that of plan i. */
export interface Processed extends Sighted {
  readonly outcomes: readonly Outcome[];
}

/** What became of an event for one processor. After `retry` nobody is done with it. */
export type Outcome = Delivered | Skipped | Rejected | ToRetry;

export interface Delivered extends Findings {
  readonly kind: "delivered";
}

/** What deciding an event found beside what is delivered. */
export interface Findings {
  readonly drops: readonly Drop[];
  /** Of plans that keep the whole event. */
  readonly drift?: Drift;
}

export interface Skipped {
  readonly kind: "skipped";
  readonly reason: SkipReason;
}

/** The event is in quarantine. */
export interface Rejected {
  readonly kind: "rejected";
  readonly code: ErrorCode;
  readonly path?: PathShape;
}

export interface ToRetry {
  readonly kind: "retry";
  readonly code: ErrorCode;
  /** How long to wait; absent = as long as the caller likes. */
  readonly afterMs?: number;
}

/** Turns what a sink says of a delivery into what became of the event. */
export function outcomeOf(settled: Settled, findings: Findings): Outcome {
  if (settled === "delivered") return { kind: "delivered", ...findings };
  if (typeof settled === "string") return { kind: "skipped", reason: settled };
  if ("reject" in settled) {
    const { reject: code, path } = settled;
    return { kind: "rejected", code, ...(path !== undefined && { path: { at: path } }) };
  }
  const { retry: code, afterMs } = settled;
  return { kind: "retry", code, ...(afterMs !== undefined && { afterMs }) };
}
