import { describe, expect, it } from "vitest";
import { createTally, type DriftReport, driftOf, type Outcome } from "#delivery";
import type { Drift, Drop } from "#engine";
import type { Envelope } from "#feeds";
import type { JsonKind } from "#json";
import { eventOf } from "#support/events";

const DIGEST = /^\?[0-9a-f]{8}$/;

function tallyOf() {
  const tally = createTally({ policy: "hash", processors: ["FIELDS", "ARCHIVE"], key: new Uint8Array(32) });
  return {
    add(drift: Drift | undefined, { whom, ...facts }: Partial<Envelope> & { readonly whom?: string } = {}): void {
      const subjects = whom === undefined ? [] : [{ role: "TARGET" as const, tenant: "acme", id: whom }];
      const archived: Outcome = { kind: "delivered", drops: [], ...(drift && { drift }) };
      const outcomes: Outcome[] = [{ kind: "delivered", drops: [] }, archived];
      tally.add({ record: eventOf({}, facts), subjects, outcomes });
    },
    drift: (): DriftReport | undefined => tally.report().drift,
    report: tally.report,
  };
}

function undeclared(name: string, { at = "data", type = "string" as JsonKind, count = 1 } = {}): Drop {
  return { path: { at, undeclared: name }, type, reason: "undeclared", count };
}

function pathsOf({ drift }: ReturnType<typeof tallyOf>): readonly string[] {
  return drift()?.fields.map(({ path }) => path) ?? [];
}

describe("the drift of a report", () => {
  it("is absent where no event was new to a processor", () => {
    const tally = createTally({ policy: "hash", processors: ["ONE"], key: new Uint8Array(32) });
    for (const reason of ["duplicate", "not_subscribed", "test"] as const) {
      tally.add({ record: eventOf({}), subjects: [], outcomes: [{ kind: "skipped", reason }] });
    }
    expect(tally.report()).not.toHaveProperty("drift");
  });

  it("says how many events were looked at, even where nothing was found", () => {
    const tally = tallyOf();
    tally.add([]);
    tally.add([]);
    expect(tally.drift()).toEqual({ events: 2, types: [], fields: [] });
  });

  it("adds up by place, JSON type and event type, with the first and the last day", () => {
    const tally = tallyOf();
    const mistyped: Drop = { path: { at: "data.object.phone" }, type: "number", reason: "wrong_type", count: 2 };
    tally.add([mistyped], { type: "user.updated", timeMs: Date.UTC(2026, 2, 15, 23, 59) });
    tally.add([mistyped], { type: "user.created", timeMs: Date.UTC(2026, 2, 14) });
    tally.add([mistyped], { type: "user.updated", timeMs: Date.UTC(2026, 2, 13, 8) });
    tally.add([mistyped], { type: "user.updated", timeMs: Date.UTC(2026, 2, 14) });
    const line = { feed: "AUTH0_EVENTS", path: "data.object.phone", reason: "wrong_type", type: "number" };
    expect(tally.drift()).toEqual({
      events: 4,
      types: [],
      fields: [
        { ...line, event: "user.created", count: 2, firstSeen: "2026-03-14", lastSeen: "2026-03-14" },
        { ...line, event: "user.updated", count: 6, firstSeen: "2026-03-13", lastSeen: "2026-03-15" },
      ],
    });
  });

  it("shows the name of a field once five people have it, and a digest before", () => {
    const tally = tallyOf();
    for (const whom of ["a", "b", "c", "d", "d"]) tally.add([undeclared("passkeys", { type: "array" })], { whom });
    expect(tally.drift()?.fields).toEqual([
      {
        feed: "AUTH0_EVENTS",
        event: "user.updated",
        path: expect.stringMatching(/^data\.\?[0-9a-f]{8}$/),
        reason: "undeclared",
        type: "array",
        count: 5,
        firstSeen: "2026-03-01",
        lastSeen: "2026-03-01",
      },
    ]);
    tally.add([undeclared("passkeys", { type: "array" })], { whom: "e", type: "user.created" });
    expect(pathsOf(tally)).toEqual(["data.passkeys", "data.passkeys"]);
  });

  it.each(["ann@example.com", "auth0|5f7c8ec7c33c6c004bbafe82", "\u001b[2J", "a\nb", "two words", "", "Ångström"])(
    "never shows the name %j, however many people have it",
    (name) => {
      const tally = tallyOf();
      for (const whom of "abcdefghi") tally.add([undeclared(name, { at: "" })], { whom });
      expect(pathsOf(tally)).toEqual([expect.stringMatching(DIGEST)]);
    },
  );

  it("counts names that the engine told no more apart together", () => {
    const tally = tallyOf();
    tally.add([{ path: { at: "data" }, type: "number", reason: "undeclared", count: 7 }]);
    expect(tally.drift()?.fields).toMatchObject([
      { path: "data.…other", reason: "undeclared", type: "number", count: 7 },
    ]);
  });

  it("lists event types that no schema names, under the same rule", () => {
    const tally = tallyOf();
    for (const whom of ["a", "b", "c", "d", "e"]) tally.add("unknown_type", { type: "group.created", whom });
    for (const whom of ["a", "b", "c", "d"]) tally.add("unknown_type", { feed: "AUTH0_LOGS", type: "xyz", whom });
    for (const whom of "abcdefghi") tally.add("unknown_type", { feed: "CUSTOM", type: "for ann@example.com", whom });
    for (let event = 0; event < 9; event++) tally.add("unknown_type", { feed: "KRATOS", type: "dr.mary.jones" });
    const days = { firstSeen: "2026-03-01", lastSeen: "2026-03-01" };
    expect(tally.drift()?.types).toEqual([
      { feed: "AUTH0_EVENTS", event: "group.created", count: 5, ...days },
      { feed: "AUTH0_LOGS", event: expect.stringMatching(DIGEST), count: 4, ...days },
      { feed: "CUSTOM", event: expect.stringMatching(DIGEST), count: 9, ...days },
      { feed: "KRATOS", event: expect.stringMatching(DIGEST), count: 9, ...days },
    ]);
  });

  it("remembers ten thousand places and types, and counts the rest", () => {
    const tally = tallyOf();
    for (let name = 0; name < 6_000; name++) {
      const drops = (["string", "number"] as const).map((type) => undeclared(`n${name}`, { type, count: 2 }));
      tally.add(drops, { whom: "ann" });
      tally.add("unknown_type", { type: `t${2 * name}` });
      tally.add("unknown_type", { type: `t${2 * name + 1}` });
    }
    const { fields = [], types = [], others } = tally.drift() ?? {};
    expect(fields).toHaveLength(10_000);
    expect(others).toBe(4_000);
    expect(types).toHaveLength(10_001);
    expect(types.find(({ event }) => event === "…other")?.count).toBe(2_000);
  });
});

describe("drift, where no processor keeps events whole", () => {
  const skipped: Outcome = { kind: "skipped", reason: "no_schema" };
  const delivered = (...drops: readonly Drop[]): Outcome => ({ kind: "delivered", drops });
  const wrongType: Drop = { path: { at: "data.phone" }, type: "number", reason: "wrong_type", count: 1 };

  it("is what the others left out of what they read, once", () => {
    const one = delivered(undeclared("a", { count: 3 }), wrongType);
    const other = delivered(undeclared("a"), undeclared("a", { type: "null" }), undeclared("b", { at: "more" }));
    expect(driftOf([skipped, one, other])).toEqual([
      undeclared("a", { count: 3 }),
      wrongType,
      undeclared("a", { type: "null" }),
      undeclared("b", { at: "more" }),
    ]);
  });

  it("is no value of a declared field", () => {
    const reasons = ["not_one_of", "invalid", "map_key"] as const;
    expect(driftOf([delivered(...reasons.map((reason): Drop => ({ ...wrongType, reason })))])).toEqual([]);
  });

  it("is a type that no schema names, unless somebody took the event", () => {
    expect(driftOf([skipped, { kind: "skipped", reason: "not_subscribed" }])).toBe("unknown_type");
    expect(driftOf([skipped, delivered()])).toEqual([]);
  });

  it("is what one that keeps events whole says, where there is one", () => {
    expect(driftOf([delivered(wrongType), { kind: "delivered", drops: [], drift: "unknown_type" }])).toBe(
      "unknown_type",
    );
  });
});
