import type { Claim } from "./claim.ts";
import { DELIVERED, DUPLICATE, type Outcome, type Rejected, type Retry, retry, STALE } from "./outcome.ts";

/**
 * What a store, a queue or an index says of one write.
 *
 * A lost response is a value, not an exception: after `unknown` the write may or may not have happened. Each port names
 * the kinds it gives, as in `Answer<"ok" | "unknown">`.
 */
export type Answer<Kind extends AnyAnswer["kind"] = AnyAnswer["kind"]> = Extract<AnyAnswer, { readonly kind: Kind }>;

type AnyAnswer = Ok | Advanced | Exists | Newer | Unknown | Found | Absent | Retry | Rejected;

/** It is written. */
interface Ok {
  readonly kind: "ok";
}

/** It is written, and is the entity's state of this number. */
interface Advanced {
  readonly kind: "advanced";
  readonly sequence: number;
}

/** The key or id is taken, or an equal order is there: nothing was written. */
interface Exists {
  readonly kind: "exists";
}

/** A higher order is there: nothing was written. */
interface Newer {
  readonly kind: "newer";
}

interface Unknown {
  readonly kind: "unknown";
}

/** Another claim is there: nothing was written. */
interface Found {
  readonly kind: "found";
  readonly claim: Claim;
}

/** There is nothing to write over. */
interface Absent {
  readonly kind: "absent";
}

export const OK: Ok = { kind: "ok" };
export const EXISTS: Exists = { kind: "exists" };
export const NEWER: Newer = { kind: "newer" };
export const UNKNOWN: Unknown = { kind: "unknown" };
export const ABSENT: Absent = { kind: "absent" };

export function advancedTo(sequence: number): Advanced {
  return { kind: "advanced", sequence };
}

export function foundClaim(claim: Claim): Found {
  return { kind: "found", claim };
}

/** Says what an answer means for the delivery that was written. */
export function outcomeOf(answer: Answer<"ok" | "exists" | "newer" | "unknown" | "retry" | "rejected">): Outcome {
  return answer.kind === "retry" || answer.kind === "rejected" ? answer : OUTCOMES[answer.kind];
}

const OUTCOMES: Readonly<Record<"ok" | "exists" | "newer" | "unknown", Outcome>> = {
  ok: DELIVERED,
  exists: DUPLICATE,
  newer: STALE,
  unknown: retry("SINK_UNKNOWN"),
};
