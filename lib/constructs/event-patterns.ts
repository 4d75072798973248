import { FORMS, type Form } from "#feeds";
import type { FeedName, Plan, Route } from "#plan";

/** An EventBridge event pattern. */
export type EventPattern = Readonly<Record<string, unknown>>;

/**
 * Longest event pattern in characters: quota "Event pattern size"
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html, read 2026-11-22).
 */
export const MAX_PATTERN_LENGTH = 2_048;

/** Replays go to the inlet of the processor that asked for them, never through the live rules. */
const LIVE_ONLY = { "replay-name": [{ exists: false }] };

/**
 * The patterns of the rules that feed a processor from a bus of a feed: together they match what its plan takes, no event
 * twice.
 *
 * A whole feed, or a catch-all, needs no list of types, so that types which do not exist yet are matched too. A list that
 * is too long for one pattern is divided into patterns that no event matches twice.
 */
export function eventPatternsOf(plan: Plan, feed: FeedName): readonly EventPattern[] {
  const forms = FORMS[feed].filter((form) => form.channels.includes("partner_bus"));
  return forms.flatMap((form) => patternsOfForm(form, plan));
}

function patternsOfForm(form: Form, plan: Plan): readonly EventPattern[] {
  const source = sourcesOf(form);
  if (plan.source === "whole" || takesWholeFeed(form.feed, plan)) return [{ source, ...LIVE_ONLY }];
  const subscribed = plan.routes.filter((route) => route.feed === form.feed && route.subscribed);
  if (subscribed.length === 0) return [];
  if (form.source !== undefined) return subscribed.map(customPattern);
  const types = subscribed.flatMap(({ match }) => match.types);
  return divide(types, (some) => ({ source, ...nest(form.type, some), ...LIVE_ONLY }));
}

function customPattern({ match }: Route): EventPattern {
  return { source: [match.source], "detail-type": [match.detailType], ...LIVE_ONLY };
}

/** True where nothing of the feed is left out, the types nobody has declared included. */
function takesWholeFeed(feed: FeedName, { routes }: Plan): boolean {
  const own = routes.filter((route) => route.feed === feed);
  return own.some(({ match }) => match.base) && own.every(({ subscribed }) => subscribed);
}

/** How the source of a form is matched. Partner sources are told apart by their end: a tenant's name begins them. */
function sourcesOf({ when }: Form): readonly unknown[] {
  return when
    .filter(({ at }) => at[0]?.join() === "source")
    .map(({ suffix, notPrefix }) => (suffix === undefined ? { "anything-but": { prefix: notPrefix } } : { suffix }));
}

function divide(types: readonly string[], pattern: (some: readonly string[]) => EventPattern): readonly EventPattern[] {
  const whole = pattern(types);
  if (JSON.stringify(whole).length <= MAX_PATTERN_LENGTH || types.length < 2) return [whole];
  const middle = Math.ceil(types.length / 2);
  return [...divide(types.slice(0, middle), pattern), ...divide(types.slice(middle), pattern)];
}

/** `["detail", "type"]` and values become `{detail: {type: values}}`. */
function nest(path: readonly string[], values: readonly string[]): EventPattern {
  return path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), values) as EventPattern;
}
