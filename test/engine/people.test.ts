import { describe, expect, it } from "vitest";
import { referenceEngine } from "#engine";
import type { Person } from "#keys";
import type { Plan } from "#plan";
import { deliver, enforce, textOf } from "#support/enforce";
import { eventOf } from "#support/events";
import { contextFor, openedBy } from "#support/keys";
import { kept, list, map, open, type Place, personal, planFor } from "#support/plans";

const id = (facts: Parameters<typeof personal>[0] = {}): Place =>
  personal({ class: "IDENTIFIER", kind: "SUBJECT_ID", about: "TARGET", names: "PERSON", ...facts });
const alias = (facts: Parameters<typeof personal>[0] = {}): Place =>
  personal({ kind: "EMAIL", about: "TARGET", names: "ALIAS", ...facts });

const FIELDS = {
  type: kept(),
  user: { id: id(), email: alias(), ip: personal({ about: "TARGET" }) },
  admin: { id: id({ about: "ACTOR" }), ip: personal({ about: "ACTOR" }) },
  members: list({ id: id(), email: alias(), note: personal({ about: "TARGET" }), by: personal({ about: "ACTOR" }) }),
  accounts: list({ id: id({ names: "ALIAS" }), note: personal({ about: "TARGET" }) }),
  ids: list(id()),
  byId: map(personal({ about: "TARGET", kinds: ["boolean"] }), undefined, {
    class: "IDENTIFIER",
    kind: "SUBJECT_ID",
    about: "TARGET",
    names: "PERSON",
    onFence: "drop",
  }),
  byName: map({ id: id(), note: personal({ about: "TARGET" }) }),
  text: personal({ kind: "FREE_TEXT", about: "TARGET" }),
  anything: open({ onFence: "drop" }),
};
const PLAN = planFor({ fields: FIELDS });

describe("the people of an event", () => {
  const subjectsOf = (body: unknown, plans: readonly Plan[] = [PLAN, PLAN, planFor()]) =>
    referenceEngine.link(plans).subjectsOf(eventOf(body, { subjects: [{ role: "TARGET", tenant: "acme", id: "u1" }] }));
  const target = (of: string, more = {}) => ({ role: "TARGET", tenant: "acme", id: of, ...more });

  it.each([
    ["those that its feed names", {}, []],
    [
      "the same person once in each role",
      { user: { id: "auth0|u1" }, admin: { id: "u1" } },
      [{ ...target("u1"), role: "ACTOR" }],
    ],
    [
      "those that its schema names",
      { user: { id: "auth0|u2" }, admin: { id: 7 } },
      [target("u2"), { ...target("7"), role: "ACTOR" }],
    ],
    [
      "those in lists and maps",
      { members: [{ id: "a" }, { id: "b" }], ids: ["c"], byName: { x: { id: "d" } } },
      ["a", "b", "c", "d"].map((each) => target(each)),
    ],
    ["those in a list where one was expected", { user: { id: ["a", ["b"]] } }, [target("a"), target("b")]],
    ["the one where a list was expected", { ids: "a", members: { id: "b" } }, [target("a"), target("b")]],
    [
      "those known by another name",
      { user: { email: " Ann@Example.ORG" } },
      [target("ann@example.org", { alias: "EMAIL" })],
    ],
    ["other ids of a person", { accounts: [{ id: "a" }] }, [target("a")]],
    ["no machine", { user: { id: "aBc123@clients" } }, []],
    ["nobody without a name", { user: { id: "", email: " " }, admin: { id: null }, ids: [true] }, []],
  ])("are %s", (_, body, expected) => {
    const found = subjectsOf(body);
    expect(found.slice(1)).toEqual(expect.arrayContaining(expected));
    expect(found).toHaveLength(expected.length + 1);
  });

  it("are those of the feed, where the body cannot be read or no schema describes it", () => {
    expect(subjectsOf("{")).toEqual([target("u1")]);
    expect(subjectsOf({ user: { id: "u2" } }, [planFor()])).toEqual([target("u1")]);
  });
});

describe("what is about somebody who is erased", () => {
  const left = (body: object, fenced: readonly string[]) =>
    textOf(deliver(PLAN, eventOf(body), contextFor({ fenced })));

  it.each([
    [
      "leaves with the role, wherever it is named outside of lists",
      { user: { id: "a", ip: "1" }, admin: { id: "b", ip: "2" } },
      ["b"],
      { user: { id: "a", ip: "1" }, admin: {} },
    ],
    [
      "leaves with the list's element that names the person",
      {
        members: [
          { id: "a", note: "1" },
          { id: "b", note: "2" },
        ],
      },
      ["b"],
      { members: [{ id: "a", note: "1" }, {}] },
    ],
    [
      "leaves the person around a list, and others in it, alone",
      { user: { id: "u", ip: "1" }, ids: ["a", "b"] },
      ["b"],
      { user: { id: "u", ip: "1" }, ids: ["a"] },
    ],
    [
      "leaves with the map's key that names the person",
      { byId: { a: true, "auth0|b": true, c: true } },
      ["b"],
      { byId: { a: true, c: true } },
    ],
    [
      "leaves with the map's value that names the person",
      { byName: { x: { id: "a", note: "1" }, y: { id: "b", note: "2" } } },
      ["a"],
      { byName: { x: {}, y: { id: "b", note: "2" } } },
    ],
    [
      "leaves what is about the other role inside of a list",
      { admin: { id: "c" }, members: [{ id: "a", by: "1" }] },
      ["a"],
      { admin: { id: "c" }, members: [{ by: "1" }] },
    ],
    [
      "is in elements that name nobody of their own",
      { user: { id: "a" }, members: [{ note: "1" }, { id: "b", note: "2" }] },
      ["a"],
      { user: {}, members: [{}, { id: "b", note: "2" }] },
    ],
    [
      "is in elements that name the person by another id",
      { user: { id: "a" }, accounts: [{ id: "b", note: "1" }] },
      ["a"],
      { user: {}, accounts: [{}] },
    ],
    [
      "is all of the role, where only a list names people",
      { user: { ip: "1" }, members: [{ id: "a" }, { note: "2" }] },
      ["a"],
      { user: {}, members: [{}, {}] },
    ],
    [
      "is what nobody can tell whose it is",
      { text: "t", anything: { x: 1 }, admin: { id: "b" }, user: { ip: "1" } },
      ["b"],
      { admin: {}, user: { ip: "1" } },
    ],
    ["is known by an alias", { user: { email: "A@x.org", ip: "1" }, type: "f" }, ["a@x.org"], { user: {}, type: "f" }],
    [
      "is known by an alias beside another id",
      { user: { id: "a", email: "b@x.org", ip: "1" } },
      ["b@x.org"],
      { user: {} },
    ],
    [
      "is known by an alias in an element, and only there",
      { user: { id: "a" }, members: [{ email: "b@x.org", note: "1" }] },
      ["b@x.org"],
      { user: { id: "a" }, members: [{}] },
    ],
  ])("%s", (_, body, fenced, expected) => {
    expect(JSON.parse(left(body, fenced))).toEqual(expected);
    expect(JSON.parse(left(body, []))).toEqual(body);
  });

  it("says nothing of a person of another tenant", () => {
    const context = contextFor();
    const isFenced = ({ tenant, id: one }: Person) => tenant === "globex" && one === "a";
    const inTenant = (tenant: string) =>
      textOf(
        deliver(PLAN, eventOf({ user: { id: "a" } }, { tenant }), { ...context, keys: { ...context.keys, isFenced } }),
      );
    expect(inTenant("acme")).toBe('{"user":{"id":"a"}}');
    expect(inTenant("globex")).toBe('{"user":{}}');
  });

  it("is no machine", () => {
    expect(left({ user: { id: "aBc@clients" } }, ["aBc@clients"])).toBe('{"user":{"id":"aBc@clients"}}');
  });
});

describe("an event of many people", () => {
  const crowd = (count: number) =>
    eventOf({ ids: Array.from({ length: count }, (_, index) => `u${index}`), user: { email: "a@x.org" } });

  it("is taken up to 32 of them, aliases aside", () => {
    expect(enforce(PLAN, crowd(32)).kind).toBe("deliver");
    expect(enforce(PLAN, crowd(33))).toEqual({ kind: "reject", code: "TOO_MANY_PEOPLE" });
    expect(referenceEngine.link([PLAN]).subjectsOf(crowd(33))).toHaveLength(34);
  });

  it("counts each of them once", () => {
    const event = eventOf({
      ids: [...Array.from({ length: 32 }, (_, index) => `u${index}`), "auth0|u1"],
      admin: { id: "u2" },
    });
    expect(enforce(PLAN, event).kind).toBe("deliver");
  });
});

describe("a value that is sealed for people", () => {
  const sealed: Place = personal({ about: "TARGET", ops: [{ op: "encrypt", scope: "SUBJECT" }] });
  const plan = planFor({
    fields: { user: id(), admin: id({ about: "ACTOR" }), secret: sealed, members: list({ id: id(), secret: sealed }) },
  });

  it("is sealed for whom it is about, by the place where it stands", () => {
    const { payload, deliveryId } = deliver(
      plan,
      eventOf({ user: "a", admin: "c", secret: "s", members: [{ id: "b", secret: "t" }] }),
    );
    const out = JSON.parse(Buffer.from(payload).toString());
    const read = (value: string, path: string) =>
      openedBy(plan, Buffer.from(value.slice(3), "base64url"), deliveryId, path);
    expect(read(out.secret, "/secret")).toContain("s");
    expect(read(out.members[0].secret, "/members/0/secret")).toContain("t");
  });
});
