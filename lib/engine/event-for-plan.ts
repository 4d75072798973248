import type { Envelope, Subject } from "#feeds";
import type { Route } from "#plan";
import type { Context, Reject, RejectCode, Skip, SkipReason } from "./engine.ts";
import type { TokenMaker } from "./identity.ts";
import type { LinkedPlan } from "./link.ts";
import type { People } from "./people.ts";

/** One event before one plan. */
export interface EventForPlan {
  readonly linked: LinkedPlan;
  readonly event: Envelope;
  readonly context: Context;
  /** The route that takes the event; absent for a type that no schema describes. */
  readonly route: Route | undefined;
  readonly people: People;
  /** Those of the people that are erased. */
  readonly fenced: readonly Subject[];
}

/** One event before one plan, of which no more is known than its envelope says. */
export type EnvelopeForPlan = Omit<EventForPlan, "people" | "fenced">;

/** What makes everything that identifies this plan's deliveries. */
export function tokenMaker({ linked: { plan }, context: { keys } }: EventForPlan): TokenMaker {
  return { plan, keys };
}

export function skip(reason: SkipReason): Skip {
  return { kind: "skip", reason };
}

export function reject(code: RejectCode, at?: string): Reject {
  return at === undefined ? { kind: "reject", code } : { kind: "reject", code, path: { at } };
}
