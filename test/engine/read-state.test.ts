import { describe, expect, it } from "vitest";
import type { Envelope } from "#feeds";
import type { DeliverySpec, Plan, Route } from "#plan";
import { deliver, enforce } from "#support/enforce";
import { EVENT_TIME, eventOf } from "#support/events";
import { contextFor } from "#support/keys";
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
      createdBy: ["user.created"],
      entity: [["user", "id"]],
      birth: ["user", "created_at"],
      version: [["user", "deleted_at"], ["user", "updated_at"], ["time"]],
    },
  });
}

const newest = planIn("NEWEST_STATE");
const every = planIn("EVERY_EVENT");

function stateOf(plan: Plan, body: unknown, facts: Partial<Envelope> = {}) {
  const { entityKey, order, deleted } = deliver(plan, eventOf(body, facts));
  return { entityKey, order, deleted };
}

describe("the entity", () => {
  const keyOf = (id: unknown) => stateOf(newest, { user: { id, created_at: BORN }, time: EVENT_TIME }).entityKey;

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
    const keys = TYPES.map(
      (type) => stateOf(newest, { user: { id: "u1", created_at: BORN }, time: EVENT_TIME }, { type }).entityKey,
    );
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

const BORN = "2026-01-01T00:00:00Z";

function micros(text: string): string {
  return `${Date.parse(text)}000`.padStart(18, "0");
}

/** Life, whether it is its end, and the entity's own time, of an event of an update. */
function placeOf(user: object, type = "user.updated"): readonly string[] {
  const body = { user: { id: "u1", created_at: BORN, ...user }, time: EVENT_TIME };
  const { order = "" } = stateOf(newest, body, { type });
  return order.split(".").slice(0, 3);
}

describe("the order", () => {
  it("is life, end, own time, event's time, whether it is no beginning, and a tie of the event", () => {
    const order = (facts: Partial<Envelope> = {}) =>
      stateOf(newest, { user: { id: "u1", created_at: BORN }, time: EVENT_TIME }, { timeUs: 7, ...facts }).order ?? "";
    const event = `${NOW}007`.padStart(18, "0");
    const stem = `${micros(BORN)}.0.${micros(EVENT_TIME)}.${event}.1.`;
    expect(order().slice(0, -22)).toBe(stem);
    expect(order({ type: "user.created" }).slice(0, -22)).toBe(stem.replace(/1\.$/, "0."));
    expect(order()).toBe(order());
    expect(order({ sourceId: "evt_2" })).not.toBe(order());
    expect(order({ sourceId: "evt_2" }).slice(0, -22)).toBe(stem);
  });

  it("has ties that are another processor's own", () => {
    const event = eventOf({ user: { id: "u1", created_at: BORN }, time: EVENT_TIME });
    const [one, other] = ["ONE", "OTHER"].map((processor) => deliver({ ...newest, processor }, event).order ?? "");
    expect(one?.slice(0, -22)).toBe(other?.slice(0, -22));
    expect(one).not.toBe(other);
  });

  it.each([
    ["the first path", { updated_at: "2026-01-01T00:00:00Z" }, "2026-01-01T00:00:00Z"],
    ["a path without a zone, as UTC", { updated_at: "2026-01-01T00:00:00" }, "2026-01-01T00:00:00Z"],
    ["the next path when the first is missing", {}, EVENT_TIME],
    ["the next path when the first is null", { updated_at: null }, EVENT_TIME],
    ["the next path when the first is no time", { updated_at: "yesterday" }, EVENT_TIME],
    ["the next path when the first is empty", { updated_at: "" }, EVENT_TIME],
    ["the next path when the first is a number", { updated_at: 1_700_000_000 }, EVENT_TIME],
    ["the next path when the first is before 1970", { updated_at: "1969-12-31T23:59:59Z" }, EVENT_TIME],
  ])("takes the own time from %s", (_, user, expected) => {
    expect(placeOf(user)).toEqual([micros(BORN), "0", micros(expected)]);
  });

  it("keeps microseconds", () => {
    expect(placeOf({ updated_at: "2026-01-01T00:00:00.1234567Z" })[2]).toBe(micros(BORN).replace(/0{6}$/, "123456"));
  });

  it("belongs to newest-state plans: any other sends none", () => {
    expect(deliver(every, eventOf({ user: { id: "u1", created_at: BORN } }))).not.toHaveProperty("order");
  });

  it("without a time of its own: a newest-state plan rejects the event", () => {
    const event = eventOf({ user: { id: "u1", created_at: BORN } });
    expect(enforce(newest, event)).toEqual({ kind: "reject", code: "NO_VERSION", path: { at: "user.deleted_at" } });
    expect(enforce(every, event).kind).toBe("deliver");
  });

  it.each([
    ["missing", undefined],
    ["null", null],
    ["empty", ""],
    ["a number", 1_700_000_000_000],
    ["no time", "yesterday"],
    ["before 1970", "1969-12-31T23:59:59Z"],
  ])("without a birth (%s): a newest-state plan rejects what lives", (_, created_at) => {
    const event = eventOf({ user: { id: "u1", created_at }, time: EVENT_TIME });
    expect(enforce(newest, event)).toEqual({ kind: "reject", code: "NO_BIRTH", path: { at: "user.created_at" } });
    expect(enforce(every, event).kind).toBe("deliver");
  });

  it.each([
    ["its own time", "user.updated_at", { created_at: BORN, updated_at: EVENT_TIME }, 0],
    ["its birth", "user.created_at", { created_at: EVENT_TIME, updated_at: BORN }, 0],
    ["the event's time", undefined, { created_at: BORN, updated_at: BORN }, NOW],
  ])("may be five minutes ahead of the clock, and not a millisecond more: %s", (_, at, user, timeMs) => {
    const event = eventOf({ user: { id: "u1", ...user } }, { timeMs });
    const ahead = (ms: number) => contextFor({ nowMs: NOW - ms });
    const future = { kind: "reject", code: "VERSION_IN_FUTURE", ...(at && { path: { at } }) };
    for (const plan of [newest, every]) {
      expect(enforce(plan, event, ahead(300_000)).kind).toBe("deliver");
      expect(enforce(plan, event, ahead(300_001))).toEqual(future);
    }
  });

  it("in the future keeps nothing out of the archive", () => {
    const event = eventOf({ user: { id: "u1" }, time: "2038-01-01T00:00:00Z" });
    const decision = deliver(planIn("EVERY_EVENT", "whole"), event);
    expect(decision).toHaveProperty("entityKey");
    expect(decision).not.toHaveProperty("order");
  });
});

describe("the end of a life", () => {
  const AHEAD = "2038-01-01T00:00:00Z";
  const endOf = (user: object) => placeOf(user, "user.deleted");

  it.each([
    ["ends the life it names", { updated_at: BORN }, [BORN, BORN]],
    ["without a birth ends every life until its time", { created_at: null, deleted_at: BORN }, [BORN, BORN]],
    ["without a time of its own ends lives until the event's", { created_at: null }, [EVENT_TIME, EVENT_TIME]],
    ["passes over times that are ahead", { deleted_at: AHEAD, updated_at: BORN }, [BORN, BORN]],
    ["takes a birth that is ahead for none", { created_at: AHEAD, deleted_at: BORN }, [BORN, BORN]],
  ])("%s", (_, user, [life = "", own = ""]) => {
    expect(endOf(user)).toEqual([micros(life), "1", micros(own)]);
  });

  it("is rejected only when every time is ahead", () => {
    const event = eventOf({ user: { id: "u1", deleted_at: AHEAD }, time: AHEAD }, { type: "user.deleted" });
    const rejection = { kind: "reject", code: "VERSION_IN_FUTURE", path: { at: "user.deleted_at" } };
    expect(enforce(newest, event)).toEqual(rejection);
  });

  it("is final where ids never return", () => {
    const { birth: _, ...route } = newest.routes[0] as Route;
    const final = { ...newest, routes: [{ ...route, neverReturns: true as const }] };
    const orderOf = (type: string, time: string) =>
      stateOf(final, { user: { id: "o1", created_at: time }, time }, { type }).order ?? "";
    expect(orderOf("user.deleted", BORN) > orderOf("user.created", EVENT_TIME)).toBe(true);
  });
});

describe("a pair", () => {
  const joining = planFor({
    fields: { org: open(), user: open(), time: open() },
    delivery: { mode: "NEWEST_STATE" },
    route: {
      match: { types: ["added", "removed"], base: false },
      entity: [["org"], ["user"]],
      birth: ["time"],
      version: [["time"]],
      createdBy: ["added"],
      deletedBy: ["removed"],
    },
  });
  const at = (type: string, second: number, ids: object = {}) =>
    stateOf(joining, { org: "o", user: "u", ...ids, time: `2026-02-01T00:00:0${second}Z` }, { type });

  it("is named by both ids", () => {
    const keys = [at("added", 0), at("added", 0, { org: "p" }), at("added", 0, { user: "v" })];
    expect(new Set([...keys, at("removed", 1)].map(({ entityKey }) => entityKey)).size).toBe(3);
  });

  it("joins, leaves and joins again; of one moment leaving is later", () => {
    const orders = [at("added", 1), at("removed", 1), at("removed", 2), at("added", 3)].map(({ order = "" }) => order);
    expect(orders.toSorted()).toEqual(orders);
  });

  it("is rejected where an id is missing", () => {
    const event = eventOf({ org: "o", time: EVENT_TIME }, { type: "added" });
    expect(enforce(joining, event)).toEqual({ kind: "reject", code: "NO_ENTITY", path: { at: "user" } });
  });

  it("of an erased person is not revived, and can end", () => {
    const context = contextFor({ fenced: ["u"] });
    const about = (type: string) =>
      eventOf(
        { org: "o", user: "u", time: EVENT_TIME },
        { type, subjects: [{ role: "TARGET", tenant: "acme", id: "u" }] },
      );
    expect(enforce(joining, about("added"), context)).toEqual({ kind: "skip", reason: "fenced" });
    expect(enforce(joining, about("removed"), context).kind).toBe("deliver");
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
    eventOf(
      { user: { id, created_at: BORN }, time: EVENT_TIME },
      { type, subjects: [{ role: "TARGET", tenant: "acme", id: "u1" }] },
    );
  const context = contextFor({ fenced: ["u1"] });

  it("is not revived in a newest-state sink", () => {
    for (const type of ["user.created", "user.updated"]) {
      expect(enforce(newest, about("auth0|u1", type), context)).toEqual({ kind: "skip", reason: "fenced" });
    }
  });

  it("can be deleted", () => {
    const { entityKey, deleted } = deliver(newest, about("auth0|u1", "user.deleted"), context);
    expect(deleted).toBe(true);
    expect(entityKey).toBe(stateOf(newest, { user: { id: "u1", created_at: BORN }, time: EVENT_TIME }).entityKey);
  });

  it("has no key in any other event", () => {
    expect(deliver(every, about("u1", "user.updated"), context)).not.toHaveProperty("entityKey");
  });

  it("is another one than the entity that the person's event is about", () => {
    expect(deliver(newest, about("org_1", "user.updated"), context)).toHaveProperty("entityKey");
  });
});
