import { join } from "node:path";
import { readPack, type SampleSchemas, sampleEvents } from "#auth0";
import { shippedPoliciesDir } from "#policy";
import { createDraw } from "#support/seeded-random";

/** What a tenant sends, in turn: people come, change and go, log in and fail to; connections and organizations change. */
const TYPES = [
  "user.created",
  "s",
  "user.updated",
  "f",
  "connection.updated",
  "user.updated",
  "fp",
  "organization.created",
  "user.deleted",
  "ss",
  "connection.deleted",
  "user.updated",
  "sapi",
  "organization.updated",
  "slo",
  "user.created",
] as const;

/** Each sample has people of its own, two dozen, whose lives overlap. */
const SAMPLES = 10;

/**
 * Makes events as EventBridge brings them, one line of JSON each; no two have the same id.
 *
 * @param count how many; the samples are of equal size, so a multiple of ten
 */
export function makeEvents(count: number): readonly string[] {
  const { schemas } = readPack(join(shippedPoliciesDir(), "auth0"));
  const byId = new Map<string, string>();
  for (let seed = 1; seed <= SAMPLES; seed++) {
    for (const line of sampleOf(schemas, seed, Math.ceil(count / SAMPLES))) byId.set(idOf(line), line);
  }
  // Log ids are made of time and number, so that a few samples agree on one: further events take their places.
  for (const line of sampleOf(schemas, SAMPLES + 1, count)) if (byId.size < count) byId.set(idOf(line), line);
  return [...byId.values()];
}

/** Sends some of the events twice and all of them in any order. The same seed gives the same order. */
export function disturb(events: readonly string[], options: { duplicates: number; seed: string }): readonly string[] {
  const draw = createDraw(options.seed);
  const sent = [...events];
  for (let n = Math.round(events.length * options.duplicates); n > 0; n--) sent.push(events[draw(events.length)] ?? "");
  for (let last = sent.length - 1; last > 0; last--) {
    const other = draw(last + 1);
    [sent[last], sent[other]] = [sent[other] ?? "", sent[last] ?? ""];
  }
  return sent;
}

function sampleOf(schemas: SampleSchemas, seed: number, count: number): Iterable<string> {
  return sampleEvents(schemas, { types: TYPES, count, seed, carrier: "eventbridge" });
}

function idOf(line: string): string {
  const { detail } = JSON.parse(line);
  return detail.log_id ?? detail.id;
}
