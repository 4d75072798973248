import { describe, expect, it } from "vitest";
import type { DeliverySpec } from "#plan";
import { enforce } from "#support/enforce";
import { EVENT_TIME, eventOf } from "#support/events";
import { contextFor } from "#support/keys";
import { kept, planFor } from "#support/plans";

const DAY = 86_400_000;
const TARGET = [{ role: "TARGET", tenant: "acme", id: "u1" }] as const;

function planWith(delivery: Partial<DeliverySpec>) {
  return planFor({ fields: { x: kept() }, delivery });
}

describe("test events", () => {
  it("are skipped", () => {
    expect(enforce(planWith({}), eventOf({}, { test: true }))).toEqual({ kind: "skip", reason: "test" });
  });

  it("are delivered where the processor wants them", () => {
    expect(enforce(planWith({ testEvents: true }), eventOf({}, { test: true })).kind).toBe("deliver");
  });
});

describe("retention", () => {
  const time = Date.parse(EVENT_TIME);

  it.each([
    ["an event as old as the retention is delivered", time + 30 * DAY, "deliver"],
    ["an event a millisecond older is skipped", time + 30 * DAY + 1, "skip"],
  ])("%s", (_, nowMs, kind) => {
    expect(enforce(planWith({ retentionDays: 30 }), eventOf({}), contextFor({ nowMs })).kind).toBe(kind);
  });

  it("is not needed: an event of any age is delivered", () => {
    expect(enforce(planWith({}), eventOf({}), contextFor({ nowMs: time + 9999 * DAY })).kind).toBe("deliver");
  });
});

describe("sampling", () => {
  const half = planWith({ sampling: { rate: 0.5, by: "EVENT" } });
  const bySubject = planWith({ sampling: { rate: 0.5, by: "SUBJECT" } });
  const isTaken = (plan: typeof half, facts: Parameters<typeof eventOf>[1]) =>
    enforce(plan, eventOf({}, facts)).kind === "deliver";
  const ids = Array.from({ length: 2000 }, (_, n) => `evt_${n}`);

  it("takes its share of events", () => {
    const share = ids.filter((sourceId) => isTaken(half, { sourceId })).length / ids.length;
    expect(share).toBeGreaterThan(0.46);
    expect(share).toBeLessThan(0.54);
  });

  it("takes the same events again", () => {
    const taken = () => ids.slice(0, 50).map((sourceId) => isTaken(half, { sourceId }));
    expect(taken()).toEqual(taken());
  });

  it("takes other events for another processor", () => {
    const other = planFor({ processor: "OTHER", fields: {}, delivery: { sampling: { rate: 0.5, by: "EVENT" } } });
    const taken = (plan: typeof half) => ids.slice(0, 50).map((sourceId) => isTaken(plan, { sourceId }));
    expect(taken(half)).not.toEqual(taken(other));
  });

  it("by subject takes all events of a person or none", () => {
    const shares = Array.from({ length: 40 }, (_, person) => {
      const subjects = [{ role: "TARGET", tenant: "acme", id: `u${person}` }] as const;
      return ids.slice(0, 10).filter((sourceId) => isTaken(bySubject, { sourceId, subjects })).length;
    });
    expect([...new Set(shares)].sort()).toEqual([0, 10]);
  });

  it("by subject takes its share of events about nobody", () => {
    const taken = ids.slice(0, 200).filter((sourceId) => isTaken(bySubject, { sourceId })).length;
    expect(taken).toBeGreaterThan(60);
    expect(taken).toBeLessThan(140);
  });

  it("at a rate of 1 takes everything", () => {
    const all = planWith({ sampling: { rate: 1, by: "EVENT" } });
    expect(ids.every((sourceId) => isTaken(all, { sourceId }))).toBe(true);
  });
});

describe("sealed records of a fenced person", () => {
  it.each([
    ["the target", [{ role: "TARGET", tenant: "acme", id: "u1" }]],
    [
      "who is target and actor",
      [
        { role: "TARGET", tenant: "acme", id: "u1" },
        { role: "ACTOR", tenant: "acme", id: "u1" },
      ],
    ],
  ] as const)("are not made: %s", (_, subjects) => {
    const event = eventOf({}, { subjects });
    const context = contextFor({ fenced: ["u1"] });
    expect(enforce(planFor({ source: "whole" }), event, context)).toEqual({ kind: "skip", reason: "fenced" });
    expect(enforce(planWith({ format: "SEALED" }), event, context)).toEqual({ kind: "skip", reason: "fenced" });
  });
});

describe("the order of skips", () => {
  const nowMs = Date.parse(EVENT_TIME) + 2 * DAY;
  const delivery: Partial<DeliverySpec> = {
    format: "SEALED",
    retentionDays: 1,
    sampling: { rate: Number.MIN_VALUE, by: "EVENT" },
  };
  const event = { test: true, subjects: TARGET };

  it.each([
    ["no_schema", { ...event, type: "unknown" }, delivery],
    ["test", event, delivery],
    ["past_retention", event, { ...delivery, testEvents: true }],
    ["fenced", event, { ...delivery, testEvents: true, retentionDays: 9 }],
    ["sampled", { ...event, subjects: [] }, { ...delivery, testEvents: true, retentionDays: 9 }],
  ])("%s comes before those below it", (reason, facts, spec) => {
    const decision = enforce(planWith(spec), eventOf("not JSON", facts), contextFor({ nowMs, fenced: ["u1"] }));
    expect(decision).toEqual({ kind: "skip", reason });
  });

  it("no skip needs the body: it is parsed for a plan that takes the event only", () => {
    expect(enforce(planWith({}), eventOf("not JSON", { test: true })).kind).toBe("skip");
    expect(enforce(planWith({}), eventOf("not JSON"))).toEqual({ kind: "reject", code: "INVALID_JSON" });
  });
});
