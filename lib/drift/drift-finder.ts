import { driftOf, type Outcome } from "#delivery";
import { type Decision, type Drift, referenceEngine } from "#engine";
import type { Envelope } from "#feeds";
import type { KeyRing } from "#keys";
import type { Patterns, Plan } from "#plan";

export interface DriftFinderOptions {
  /** One that keeps events whole, or all where there is none. */
  readonly plans: readonly Plan[];
  readonly keys: KeyRing;
  /** Needed where the plan has patterns: `loadPatterns(plans)`. */
  readonly patterns?: Patterns | undefined;
  readonly random: (length: number) => Uint8Array;
}

/** Finds what no schema declares of an event; undefined where no plan takes it. */
export type FindDriftIn = (event: Envelope) => Drift | undefined;

/** Looks at events as a run does. The clock is the event's own: what was kept then may be past its retention now. */
export function createDriftFinder({ plans, keys, patterns, random }: DriftFinderOptions): FindDriftIn {
  const enforcer = referenceEngine.link(plans, patterns);
  return (event) => driftOf(enforcer.enforce(event, { nowMs: event.timeMs, keys, random, facts: {} }).map(outcomeOf));
}

function outcomeOf(decision: Decision): Outcome {
  if (decision.kind === "skip") return { kind: "skipped", reason: decision.reason };
  if (decision.kind === "reject") return { kind: "rejected", code: decision.code };
  const { drops, drift } = decision;
  return { kind: "delivered", drops, ...(drift && { drift }) };
}
