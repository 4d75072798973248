import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enforce } from "#support/enforce";
import { eventOf } from "#support/events";
import { contextFor } from "#support/keys";
import { LIVES_PLAN } from "../simulation/lives.ts";
import { foldLives, type StateEvent } from "../simulation/lives-oracle.ts";

const time = fc
  .tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 }), fc.constantFrom("", ".5", ".001", ".0012", ".0019", ".001900"))
  .map(([minute, second, fraction]) => `2026-01-31T10:0${minute}:0${second}${fraction}Z`);
const maybe = fc.option(fc.oneof(time, fc.constantFrom("", "yesterday")));

const events = fc
  .array(
    fc.record({
      user: fc.constant("u"),
      id: fc.constant(""),
      type: fc.constantFrom("created", "updated", "updated", "deleted") satisfies fc.Arbitrary<StateEvent["type"]>,
      times: fc.record({ birth: fc.oneof(time, maybe), updated: maybe, deleted: maybe, time }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list): readonly StateEvent[] =>
    list.map(({ times: { deleted, ...times }, ...each }, at) => {
      return { ...each, id: `e${at}`, times: each.type === "deleted" ? { ...times, deleted } : times };
    }),
  );

function decide({ id, user, type, times: { time: at = "", ...own } }: StateEvent) {
  const ms = at.replace(/(\.\d{3})\d*Z/, "$1Z");
  const timeUs = Number((/\.\d{3}(\d+)Z/.exec(at)?.[1] ?? "").padEnd(3, "0").slice(0, 3));
  const facts = { sourceId: id, type: `user.${type}`, timeMs: Date.parse(ms), timeUs };
  const context = contextFor({ nowMs: Date.parse("2026-02-01T00:00:00Z") });
  return enforce(LIVES_PLAN, eventOf({ user: { id: user, ...own }, time: at }, facts), context);
}

describe("the newest of all states", () => {
  it("is what the events say by a fold that knows nothing of orders", () => {
    fc.assert(
      fc.property(events, (list) => {
        const decided = list.map((event) => ({ event, decision: decide(event) }));
        const taken = decided.filter(({ decision }) => decision.kind === "deliver");
        for (const { decision } of decided) if (decision.kind === "reject") expect(decision.code).toBe("NO_BIRTH");
        const orderOf = (at: number) => {
          const decision = taken[at]?.decision;
          return (decision?.kind === "deliver" && decision.order) || "";
        };
        const newest = taken.map((_, at) => at).sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1))[0];
        if (newest === undefined) return;
        const { event } = taken[newest] as (typeof taken)[number];
        const { isAlive, saidBy } = foldLives(taken.map((each) => each.event));
        expect({ isAlive: event.type !== "deleted", isSaid: saidBy.has(event.id) }).toEqual({ isAlive, isSaid: true });
      }),
      { numRuns: 500 },
    );
  });
});
