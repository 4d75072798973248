import { isSealed } from "#plan";
import type { SkipReason } from "./engine.ts";
import { type EnvelopeForPlan, type EventForPlan, tokenMaker } from "./event-for-plan.ts";
import { eventFraction, subjectFraction } from "./identity.ts";
import { livingOf, personsOf } from "./people.ts";

const MS_PER_DAY = 86_400_000;

/** Why a plan does not take an event, as far as the envelope tells; the first that holds counts. */
const SKIPS: readonly (readonly [SkipReason, (given: EnvelopeForPlan) => boolean])[] = [
  ["no_schema", ({ linked, route }) => route === undefined && linked.plan.source === "fields"],
  ["not_subscribed", ({ route }) => route !== undefined && !route.subscribed],
  ["test", ({ linked, event }) => event.test && !linked.plan.delivery.testEvents],
  ["past_retention", isPastRetention],
];

/** Why a plan does not take an event, once it is known whom the event names. */
const SKIPS_OF_PEOPLE: readonly (readonly [SkipReason, (given: EventForPlan) => boolean])[] = [
  // A record that is about nobody else has nothing left to be kept for.
  ["fenced", (given) => isSealed(given.linked.plan) && given.fenced.length > 0 && livingOf(given).length === 0],
  ["sampled", isSampledOut],
];

/** Finds out from the envelope alone whether the plan skips the event. */
export function findSkip(given: EnvelopeForPlan): SkipReason | undefined {
  return SKIPS.find(([, holds]) => holds(given))?.[0];
}

/** Finds out from the people of an event whether the plan skips it. */
export function findSkipOfPeople(given: EventForPlan): SkipReason | undefined {
  return SKIPS_OF_PEOPLE.find(([, holds]) => holds(given))?.[0];
}

function isPastRetention({ linked, event, context }: EnvelopeForPlan): boolean {
  const { retentionDays } = linked.plan.delivery;
  return retentionDays !== undefined && event.timeMs < context.nowMs - retentionDays * MS_PER_DAY;
}

function isSampledOut(given: EventForPlan): boolean {
  const { sampling } = given.linked.plan.delivery;
  if (sampling === undefined) return false;
  const { event, people } = given;
  const subject = sampling.by === "SUBJECT" ? personsOf(people.all)[0] : undefined;
  const maker = tokenMaker(given);
  const drawn = subject === undefined ? eventFraction(event, maker) : subjectFraction(subject, maker);
  return drawn >= sampling.rate;
}
