import { describe, expect, it } from "vitest";
import { referenceEngine } from "#engine";
import { deliver, textOf } from "#support/enforce";
import { eventOf } from "#support/events";
import { contextFor } from "#support/keys";
import { open, personal, planFor } from "#support/plans";

const plan = planFor({
  fields: { user: open(), name: personal() },
  route: {
    subjects: [
      { role: "TARGET", path: ["user", "id"] },
      { role: "ACTOR", path: ["user", "admin"] },
    ],
  },
});
const enforcer = referenceEngine.link([plan, plan, planFor()]);

describe("the people an event is about", () => {
  it.each([
    [
      "those that its feed names",
      { user: { id: "u2" } },
      [{ role: "TARGET", tenant: "acme", id: "u1" }],
      [{ role: "TARGET", tenant: "acme", id: "u1" }],
    ],
    [
      "those that its schema names, where the feed names none",
      { user: { id: "auth0|u2", admin: 7 } },
      [],
      [
        { role: "TARGET", tenant: "acme", id: "u2" },
        { role: "ACTOR", tenant: "acme", id: "7" },
      ],
    ],
    ["nobody, where the ids are missing", { user: { id: "", admin: null } }, [], []],
    ["nobody, where the body cannot be read", "{", [], []],
  ] as const)("%s", (_, body, subjects, expected) => {
    expect(enforcer.subjectsOf(eventOf(body, { subjects }))).toEqual(expected);
  });

  it("are nobody for a type that no schema describes", () => {
    expect(enforcer.subjectsOf(eventOf({ user: { id: "u1" } }, { type: "unknown" }))).toEqual([]);
  });

  it("are fenced however they were found", () => {
    const event = eventOf({ name: "n", user: { id: "auth0|u1" } });
    expect(textOf(deliver(plan, event, contextFor({ fenced: ["u1"] })))).toBe('{"user":{"id":"auth0|u1"}}');
  });
});
