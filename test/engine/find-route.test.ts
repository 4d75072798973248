import { describe, expect, it } from "vitest";
import type { Envelope } from "#feeds";
import type { Route } from "#plan";
import { enforce } from "#support/enforce";
import { eventOf } from "#support/events";
import { kept, planFor, ROUTE } from "#support/plans";

const LOGS = { ...ROUTE, feed: "AUTH0_LOGS" } as const;
const CUSTOM = {
  ...ROUTE,
  feed: "CUSTOM",
  match: { types: [], base: false, source: "crm", detailType: "changed" },
} as const;

/** Each route lets one field through, so that the payload tells which one took the event. */
const plan = planFor({
  fields: { updated: kept() },
  routes: [
    { ...ROUTE, match: { types: ["user.deleted"], base: false }, subscribed: false },
    { ...LOGS, match: { types: [], base: true }, root: 0 },
    { ...LOGS, match: { types: ["s", "f"], base: false }, subscribed: false },
    { ...CUSTOM, root: 0 },
  ],
});

describe("routing", () => {
  it.each<[string, Partial<Envelope>, string]>([
    ["an event type that a schema names", { type: "user.updated" }, "deliver"],
    ["a type that the processor does not take", { type: "user.deleted" }, "not_subscribed"],
    ["a type that no schema names", { type: "user.invented" }, "no_schema"],
    ["a type that only begins like one", { type: "user.updated.more" }, "no_schema"],
    ["a type named like a member of every object", { type: "constructor" }, "no_schema"],
    ["an unknown log code, which the base schema describes", { feed: "AUTH0_LOGS", type: "zz" }, "deliver"],
    ["a known log code, which is no business of the base schema", { feed: "AUTH0_LOGS", type: "s" }, "not_subscribed"],
    ["a feed without a base schema", { feed: "KRATOS", type: "zz" }, "no_schema"],
    ["a type of another feed", { feed: "KRATOS", type: "user.updated" }, "no_schema"],
    ["a custom event by source and detail-type", { feed: "CUSTOM", source: "crm", type: "changed" }, "deliver"],
    ["a custom event of another source", { feed: "CUSTOM", source: "erp", type: "changed" }, "no_schema"],
    ["a custom event of another detail-type", { feed: "CUSTOM", source: "crm", type: "gone" }, "no_schema"],
    ["a custom event without a source", { feed: "CUSTOM", type: "changed" }, "no_schema"],
  ])("%s", (_, facts, expected) => {
    const decision = enforce(plan, eventOf({}, facts));
    expect(decision.kind === "skip" ? decision.reason : decision.kind).toBe(expected);
  });

  it("takes the exact type before the base, whatever their order", () => {
    const exact: Route = { ...LOGS, match: { types: ["s"], base: false }, root: 0 };
    const base: Route = { ...LOGS, match: { types: [], base: true }, subscribed: false };
    for (const routes of [
      [exact, base],
      [base, exact],
    ]) {
      const event = eventOf({}, { feed: "AUTH0_LOGS", type: "s" });
      expect(enforce(planFor({ fields: {}, routes }), event).kind).toBe("deliver");
    }
  });
});
