import { describe, expect, it } from "vitest";
import { entityKey, sourceIdentity } from "#engine";
import type { Envelope } from "#feeds";
import { deliver } from "#support/enforce";
import { eventOf } from "#support/events";
import { testKeys } from "#support/keys";
import { planFor } from "#support/plans";

const text = (event: Envelope) => Buffer.from(sourceIdentity(event)).toString();

describe("the source identity", () => {
  it("is feed, tenant, source and the feed's own id", () => {
    expect(text(eventOf({}))).toBe('["AUTH0_EVENTS","acme","","evt_0000000000000000000001"]');
  });

  it.each<[string, Partial<Envelope>]>([
    ["another feed", { feed: "AUTH0_LOGS" }],
    ["another tenant", { tenant: "acme2" }],
    ["another source", { source: "crm" }],
    ["another id", { sourceId: "evt_2" }],
    ["parts that join to the same text", { tenant: 'acme","', source: "" }],
    ["a lone surrogate", { sourceId: "\ud800" }],
  ])("tells %s apart", (_, facts) => {
    expect(text(eventOf({}, facts))).not.toBe(text(eventOf({})));
  });

  it("tells ids apart that are alike once encoded", () => {
    expect(text(eventOf({}, { sourceId: "\ud800" }))).not.toBe(text(eventOf({}, { sourceId: "\ud801" })));
  });

  it.each<[string, Partial<Envelope>]>([
    ["time", { timeMs: 0 }],
    ["type", { type: "user.created" }],
    ["replay", { replay: "r1" }],
    ["subjects", { subjects: [{ role: "TARGET", tenant: "acme", id: "u" }] }],
  ])("does not depend on the %s", (_, facts) => {
    expect(text(eventOf({ other: 1 }, facts))).toBe(text(eventOf({})));
  });
});

describe("the delivery id", () => {
  const idOf = (processor: string, generation: string, sourceId: string) =>
    deliver(planFor({ processor, generation, fields: {} }), eventOf({}, { sourceId })).deliveryId;

  it("is 43 characters of base64url", () => {
    expect(idOf("A", "g1", "e1")).toMatch(/^[\w-]{43}$/);
  });

  it("is the same for the same event, processor and generation", () => {
    expect(idOf("A", "g1", "e1")).toBe(idOf("A", "g1", "e1"));
  });

  it("is another one for another event, processor or generation", () => {
    const ids = [idOf("A", "g1", "e1"), idOf("A", "g1", "e2"), idOf("B", "g1", "e1"), idOf("A", "g2", "e1")];
    expect(new Set(ids).size).toBe(4);
  });
});

describe("the entity key", () => {
  const maker = { plan: { processor: "P", generation: "g1" }, keys: testKeys() };
  const id = { path: ["data", "object", "user_id"], id: "u1" };
  const name = { feed: "AUTH0_EVENTS", tenant: "acme", ids: [id] } as const;

  it("is 43 characters of base64url", () => {
    expect(entityKey(name, maker)).toMatch(/^[\w-]{43}$/);
  });

  it("is another one for another processor, generation, feed, tenant, source, place, id or pair of ids", () => {
    const keys = [
      entityKey(name, maker),
      entityKey(name, { ...maker, plan: { ...maker.plan, processor: "Q" } }),
      entityKey(name, { ...maker, plan: { ...maker.plan, generation: "g2" } }),
      entityKey({ ...name, feed: "AUTH0_LOGS" }, maker),
      entityKey({ ...name, tenant: "acme2" }, maker),
      entityKey({ ...name, source: "crm" }, maker),
      entityKey({ ...name, ids: [{ ...id, path: ["data", "object", "id"] }] }, maker),
      entityKey({ ...name, ids: [{ ...id, id: "u2" }] }, maker),
      entityKey({ ...name, ids: [id, { ...id, id: "u2" }] }, maker),
      entityKey({ ...name, ids: [{ ...id, id: "u2" }, id] }, maker),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
