import { describe, expect, it } from "vitest";
import { deliver, enforce } from "#support/enforce";
import { eventOf } from "#support/events";
import { contextFor, recordIn, segmentsIn } from "#support/keys";
import { dropped, kept, list, map, open, personal, planFor } from "#support/plans";

const id = personal({ class: "IDENTIFIER", kind: "SUBJECT_ID", about: "TARGET", names: "PERSON" });
const note = personal({ about: "TARGET" });
const FIELDS = {
  type: kept(),
  secret: dropped(),
  user: { id, note, empty: {} },
  admin: {
    id: personal({ class: "IDENTIFIER", kind: "SUBJECT_ID", about: "ACTOR", names: "PERSON" }),
    ip: personal({ about: "ACTOR" }),
  },
  members: list({ id, note, count: kept({ kinds: ["number"] }) }),
  byName: map({ id, code: kept() }, undefined, { class: "PII", onFence: "drop", about: "TARGET" }),
  byId: map({ code: kept(), note }, undefined, {
    class: "IDENTIFIER",
    kind: "SUBJECT_ID",
    about: "TARGET",
    names: "PERSON",
    onFence: "drop",
  }),
  text: personal({ kind: "FREE_TEXT", about: "TARGET" }),
  free: open({ onFence: "drop" }),
};
const ARCHIVE = planFor({ processor: "ARCHIVE", source: "whole", fields: FIELDS });
const BODY = {
  type: "t",
  user: { id: "u", note: "of u", x: { undeclared: 1 } },
  admin: { id: "a", ip: "of a" },
  members: [{ id: "m", note: "of m", count: 1 }, { id: "n", note: "of n" }, { note: "of u too" }],
  text: "about u, a, m or n",
};

function sealed(body: object, fenced: readonly string[] = []) {
  const { payload, deliveryId, suppressed } = deliver(ARCHIVE, eventOf(body), contextFor({ fenced }));
  return { payload, deliveryId, suppressed };
}

/** What is left of a record once people are erased after it was sealed. */
function leftOf(body: object, erased: readonly string[]) {
  const { payload, deliveryId } = sealed(body);
  return JSON.parse(recordIn(ARCHIVE, payload, deliveryId, erased) ?? "null");
}

describe("a sealed record of several people", () => {
  it("is the record, for whoever has all keys", () => {
    expect(leftOf(BODY, [])).toEqual(BODY);
  });

  it.each([
    ["u", { type: "t", admin: BODY.admin, members: [BODY.members[0], BODY.members[1]] }],
    ["a", { type: "t", user: { id: "u", note: "of u" }, members: BODY.members }],
    [
      "m",
      {
        type: "t",
        user: { id: "u", note: "of u" },
        admin: BODY.admin,
        members: [{ count: 1 }, BODY.members[1], BODY.members[2]],
      },
    ],
  ])("opens without %s but for what is, or could be, about them", (erased, expected) => {
    expect(leftOf(BODY, [erased])).toEqual(expected);
  });

  it("holds nothing of anybody where all are erased", () => {
    expect(leftOf(BODY, ["u", "a", "m", "n"])).toEqual({ type: "t", members: [{ count: 1 }] });
  });

  it("shows no key of a map to those whom its value is not about", () => {
    const body = { byName: { x: { id: "u", code: "c" }, y: { id: "m", code: "c" } } };
    expect(leftOf(body, ["u"])).toEqual({ byName: { y: { id: "m" } } });
    expect(leftOf(body, ["u", "m"])).toBeNull();
  });

  it("takes what is under a person's id for theirs", () => {
    const body = { byId: { u: { note: "of u" }, m: { note: "of m", code: "c" } } };
    expect(leftOf(body, [])).toEqual(body);
    expect(leftOf(body, ["u"])).toEqual({ byId: { m: { note: "of m" } } });
    const { payload, deliveryId } = sealed(body, ["u"]);
    expect(recordIn(ARCHIVE, payload, deliveryId)).toBe(JSON.stringify({ byId: { m: body.byId.m } }));
  });

  it("keeps what is about people of a role that nobody is named in for everybody", () => {
    const body = { admin: { id: ["a", "b"] }, user: { note: "whose?" } };
    expect(leftOf(body, [])).toEqual(body);
    expect(leftOf(body, ["a"])).toBeNull();
  });

  it("keeps a mistyped value for everybody, and null where it was", () => {
    const body = { user: { id: "u", note: { deep: 1 } }, admin: { id: "a", ip: null }, secret: "s" };
    const { secret: _, ...whole } = body;
    expect(leftOf(body, [])).toEqual(whole);
    expect(leftOf(body, ["a"])).toEqual({ user: { id: "u" } });
  });

  it("has as many segments as there are different owners", () => {
    const { payload, deliveryId } = sealed(BODY);
    expect(segmentsIn(ARCHIVE, payload, deliveryId)).toHaveLength(6);
  });

  it("is one segment, the record itself, where it is about one person or nobody", () => {
    for (const body of [{ type: "t", user: { id: "u" }, free: 1 }, { type: "t" }]) {
      const { payload, deliveryId } = sealed(body);
      const [segment, ...more] = segmentsIn(ARCHIVE, payload, deliveryId);
      expect(Buffer.from(segment ?? []).toString()).toBe(JSON.stringify(body));
      expect(more).toEqual([]);
    }
  });
});

describe("a record of several people, of whom some are erased", () => {
  it("is sealed without what is, or could be, about them", () => {
    const { payload, deliveryId, suppressed } = sealed(BODY, ["a"]);
    expect(suppressed).toBe(true);
    expect(JSON.parse(recordIn(ARCHIVE, payload, deliveryId) ?? "")).toEqual({
      type: "t",
      user: { id: "u", note: "of u" },
      admin: {},
      members: BODY.members,
    });
  });

  it("is not made where nobody else is named, or nothing is known of it", () => {
    const context = contextFor({ fenced: ["a", "u"] });
    const skip = { kind: "skip", reason: "fenced" };
    expect(enforce(ARCHIVE, eventOf({ user: { id: "u" }, admin: { id: "a" } }), context)).toEqual(skip);
    const subjects = ["u", "b"].map((each) => ({ role: "TARGET", tenant: "acme", id: each }) as const);
    expect(enforce(planFor({ source: "whole" }), eventOf({ x: 1 }, { subjects }), context)).toEqual(skip);
  });
});
