import { isSealed } from "#plan";
import type { SkipReason } from "./engine.ts";
import { eventFraction, subjectFraction } from "./identity.ts";
import { type Occasion, tokenMaker } from "./occasion.ts";

const MS_PER_DAY = 86_400_000;

/** Why a plan does not take an event, as far as the envelope tells; the first that holds counts. */
const SKIPS: readonly (readonly [SkipReason, (occasion: Occasion) => boolean])[] = [
  ["no_schema", ({ linked, route }) => route === undefined && linked.plan.source === "fields"],
  ["not_subscribed", ({ route }) => route !== undefined && !route.subscribed],
  ["test", ({ linked, event }) => event.test && !linked.plan.delivery.testEvents],
  ["past_retention", isPastRetention],
  // A sealed record holds the event's persons together: it cannot leave one of them out.
  ["fenced", ({ linked, fenced }) => isSealed(linked.plan) && fenced.length > 0],
  ["sampled", isSampledOut],
];

/** Finds out from the envelope alone whether the plan skips the event. */
export function findSkip(occasion: Occasion): SkipReason | undefined {
  return SKIPS.find(([, holds]) => holds(occasion))?.[0];
}

function isPastRetention({ linked, event, context }: Occasion): boolean {
  const { retentionDays } = linked.plan.delivery;
  return retentionDays !== undefined && event.timeMs < context.nowMs - retentionDays * MS_PER_DAY;
}

function isSampledOut(occasion: Occasion): boolean {
  const { sampling } = occasion.linked.plan.delivery;
  if (sampling === undefined) return false;
  const { event, subjects } = occasion;
  const subject = sampling.by === "SUBJECT" ? subjects[0] : undefined;
  const maker = tokenMaker(occasion);
  const drawn = subject === undefined ? eventFraction(event, maker) : subjectFraction(subject, maker);
  return drawn >= sampling.rate;
}
