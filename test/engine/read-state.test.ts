import { describe, expect, it } from "vitest";
import { sourceIdentity } from "#engine";
import type { Envelope } from "#feeds";
import { keyedToken } from "#keys";
import type { DeliverySpec, Plan } from "#plan";
import { deliver, enforce } from "#support/enforce";
import { EVENT_TIME, eventOf } from "#support/events";
import { contextFor, testKeys } from "#support/keys";
import { open, planFor } from "#support/plans";

const TYPES = ["user.created", "user.updated", "user.deleted"];
const NOW = Date.parse(EVENT_TIME);

function planIn(mode: DeliverySpec["mode"], source: Plan["source"] = "fields"): Plan {
  return planFor({
    source,
    fields: { user: open(), time: open() },
    delivery: { mode },
    route: {
      match: { types: TYPES, base: false },
      entity: ["user", "id"],
      version: [["user", "updated_at"], ["time"]],
    },
  });
}

const newest = planIn("NEWEST_STATE");
const every = planIn("EVERY_EVENT");

function stateOf(plan: Plan, body: unknown, facts: Partial<Envelope> = {}) {
  const { entityKey, version, deleted } = deliver(plan, eventOf(body, facts));
  return { entityKey, version, deleted };
}

describe("the entity", () => {
  const keyOf = (id: unknown) => stateOf(newest, { user: { id }, time: EVENT_TIME }).entityKey;

  it("is the same person with and without the connection's prefix", () => {
    expect(keyOf("auth0|5f7c8ec7")).toBe(keyOf("5f7c8ec7"));
  });

  it("is the same for a number and its text", () => {
    expect(keyOf(12)).toBe(keyOf("12"));
  });

  it("is another one for another id", () => {
    expect(keyOf("u1")).not.toBe(keyOf("u2"));
  });

  it("is the same whichever type of event tells of it", () => {
    const keys = TYPES.map((type) => stateOf(newest, { user: { id: "u1" }, time: EVENT_TIME }, { type }).entityKey);
    expect(new Set(keys).size).toBe(1);
  });

  it.each([
    ["missing", {}],
    ["null", { id: null }],
    ["empty", { id: "" }],
    ["an object", { id: {} }],
    ["true", { id: true }],
  ])("%s: a newest-state plan rejects the event, any other delivers it without", (_, user) => {
    const event = eventOf({ user, time: EVENT_TIME });
    expect(enforce(newest, event)).toEqual({ kind: "reject", code: "NO_ENTITY", path: { at: "user.id" } });
    expect(deliver(every, event)).not.toHaveProperty("entityKey");
  });
});

describe("the version", () => {
  const version = (facts: Partial<Envelope>, time = EVENT_TIME) =>
    stateOf(newest, { user: { id: "u1" }, time }, facts).version ?? 0n;

  it.each([
    ["user.created", 0n],
    ["user.updated", 1n],
    ["user.deleted", 2n],
  ])("is ms x 4096 + rank x 1024 + 10 keyed bits of the identity: %s", (type, rank) => {
    const scope = { purpose: "tie", processor: newest.processor, generation: newest.generation } as const;
    const key = testKeys().keyOf({ ...scope, tenant: "acme" });
    const identity = JSON.parse(Buffer.from(sourceIdentity(eventOf({}))).toString());
    const bits = Buffer.from(keyedToken(key, identity), "base64url").readUInt16BE(0) >> 6;
    expect(version({ type })).toBe(BigInt(NOW) * 4096n + rank * 1024n + BigInt(bits));
  });

  it("grows with time, then from created over updated to deleted", () => {
    const later = "2026-03-01T12:00:00.001Z";
    const versions = [
      version({ type: "user.deleted" }, "2026-03-01T11:59:59.999Z"),
      ...TYPES.map((type) => version({ type })),
      version({ type: "user.created" }, later),
    ];
    expect(versions).toEqual([...versions].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(versions).size).toBe(versions.length);
  });

  it("orders events of one millisecond by their identity", () => {
    expect(version({ sourceId: "evt_1" })).not.toBe(version({ sourceId: "evt_2" }));
  });

  it("stays exact in JavaScript's numbers until 2039", () => {
    const nowMs = Date.parse("2039-01-01T00:00:00Z");
    const event = eventOf({ user: { id: "u" }, time: "2039-01-01T00:00:00Z" }, { type: "user.deleted" });
    expect(deliver(newest, event, contextFor({ nowMs })).version).toBeLessThan(2n ** 53n);
  });

  it.each([
    ["the first path", { updated_at: "2026-01-01T00:00:00Z" }, "2026-01-01T00:00:00Z"],
    ["the next path when the first is missing", {}, EVENT_TIME],
    ["the next path when the first is null", { updated_at: null }, EVENT_TIME],
    ["the next path when the first is no time", { updated_at: "yesterday" }, EVENT_TIME],
    ["the next path when the first is a number", { updated_at: 1_700_000_000 }, EVENT_TIME],
    ["the next path when the first is before 1970", { updated_at: "1969-12-31T23:59:59Z" }, EVENT_TIME],
  ])("comes from %s", (_, user, expected) => {
    const { version: found = 0n } = stateOf(newest, { user: { id: "u1", ...user }, time: EVENT_TIME });
    expect(found / 4096n).toBe(BigInt(Date.parse(expected)));
  });

  it("missing: a newest-state plan rejects the event, any other delivers it without", () => {
    const event = eventOf({ user: { id: "u1" } });
    expect(enforce(newest, event)).toEqual({ kind: "reject", code: "NO_VERSION", path: { at: "user.updated_at" } });
    expect(deliver(every, event)).not.toHaveProperty("version");
  });

  it("may be five minutes ahead of the clock, and not a millisecond more", () => {
    const event = eventOf({ user: { id: "u1" }, time: EVENT_TIME });
    const ahead = (ms: number) => contextFor({ nowMs: NOW - ms });
    const future = { kind: "reject", code: "VERSION_IN_FUTURE", path: { at: "time" } };
    for (const plan of [newest, every]) {
      expect(enforce(plan, event, ahead(300_000)).kind).toBe("deliver");
      expect(enforce(plan, event, ahead(300_001))).toEqual(future);
    }
  });

  it("in the future keeps nothing out of the archive", () => {
    const event = eventOf({ user: { id: "u1" }, time: "2038-01-01T00:00:00Z" });
    const decision = deliver(planIn("EVERY_EVENT", "whole"), event);
    expect(decision).toHaveProperty("entityKey");
    expect(decision).not.toHaveProperty("version");
  });
});

describe("a deletion", () => {
  it.each([
    ["user.created", false],
    ["user.updated", false],
    ["user.deleted", true],
  ])("%s: %s", (type, deleted) => {
    expect(stateOf(every, { user: { id: "u1" } }, { type }).deleted).toBe(deleted);
  });
});

describe("the entity of an erased person", () => {
  const about = (id: string, type: string) =>
    eventOf({ user: { id }, time: EVENT_TIME }, { type, subjects: [{ role: "TARGET", tenant: "acme", id: "u1" }] });
  const context = contextFor({ fenced: ["u1"] });

  it("is not revived in a newest-state sink", () => {
    for (const type of ["user.created", "user.updated"]) {
      expect(enforce(newest, about("auth0|u1", type), context)).toEqual({ kind: "skip", reason: "fenced" });
    }
  });

  it("can be deleted", () => {
    const { entityKey, deleted } = deliver(newest, about("auth0|u1", "user.deleted"), context);
    expect(deleted).toBe(true);
    expect(entityKey).toBe(stateOf(newest, { user: { id: "u1" }, time: EVENT_TIME }).entityKey);
  });

  it("has no key in any other event", () => {
    expect(deliver(every, about("u1", "user.updated"), context)).not.toHaveProperty("entityKey");
  });

  it("is another one than the entity that the person's event is about", () => {
    expect(deliver(newest, about("org_1", "user.updated"), context)).toHaveProperty("entityKey");
  });
});
