import { type Drift, referenceEngine } from "#engine";
import type { Envelope } from "#feeds";
import type { KeyRing } from "#keys";
import type { Patterns, Plan } from "#plan";

export interface DriftFinderOptions {
  /** A plan that keeps events whole. */
  readonly plan: Plan;
  readonly keys: KeyRing;
  /** Needed where the plan has patterns: `loadPatterns([plan])`. */
  readonly patterns?: Patterns | undefined;
  readonly random: (length: number) => Uint8Array;
}

/** Finds what no schema declares of an event; undefined where the plan does not take it. */
export type FindDriftIn = (event: Envelope) => Drift | undefined;

/** Looks at events as a run does. The clock is the event's own: what was kept then may be past its retention now. */
export function createDriftFinder({ plan, keys, patterns, random }: DriftFinderOptions): FindDriftIn {
  const enforcer = referenceEngine.link([plan], patterns);
  return (event) => {
    const [decision] = enforcer.enforce(event, { nowMs: event.timeMs, keys, random, facts: {} });
    return decision?.kind === "deliver" ? (decision.drift ?? []) : undefined;
  };
}
