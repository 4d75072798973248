import { isSealed } from "#plan";
import type { SkipReason } from "./engine.ts";
import { type EventForPlan, tokenMaker } from "./event-for-plan.ts";
import { eventFraction, subjectFraction } from "./identity.ts";

const MS_PER_DAY = 86_400_000;

/** Why a plan does not take an event, as far as the envelope tells; the first that holds counts. */
const SKIPS: readonly (readonly [SkipReason, (given: EventForPlan) => boolean])[] = [
  ["no_schema", ({ linked, route }) => route === undefined && linked.plan.source === "fields"],
  ["not_subscribed", ({ route }) => route !== undefined && !route.subscribed],
  ["test", ({ linked, event }) => event.test && !linked.plan.delivery.testEvents],
  ["past_retention", isPastRetention],
  // A sealed record holds the event's persons together: it cannot leave one of them out.
  ["fenced", ({ linked, fenced }) => isSealed(linked.plan) && fenced.length > 0],
  ["sampled", isSampledOut],
];

/** Finds out from the envelope alone whether the plan skips the event. */
export function findSkip(given: EventForPlan): SkipReason | undefined {
  return SKIPS.find(([, holds]) => holds(given))?.[0];
}

function isPastRetention({ linked, event, context }: EventForPlan): boolean {
  const { retentionDays } = linked.plan.delivery;
  return retentionDays !== undefined && event.timeMs < context.nowMs - retentionDays * MS_PER_DAY;
}

function isSampledOut(given: EventForPlan): boolean {
  const { sampling } = given.linked.plan.delivery;
  if (sampling === undefined) return false;
  const { event, subjects } = given;
  const subject = sampling.by === "SUBJECT" ? subjects[0] : undefined;
  const maker = tokenMaker(given);
  const drawn = subject === undefined ? eventFraction(event, maker) : subjectFraction(subject, maker);
  return drawn >= sampling.rate;
}
