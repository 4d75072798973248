import { describe, expect, it } from "vitest";
import { createTally, type Incoming, type Outcome } from "#delivery";
import type { Drop, PathShape } from "#engine";
import type { Subject } from "#feeds";
import type { JsonKind } from "#json";
import { eventOf } from "#support/events";

const KEY = new Uint8Array(32);
const EVENT: Incoming = eventOf({});
const MALFORMED: Incoming = { malformed: "INVALID_JSON", body: new Uint8Array() };

function tallyOf(processors: readonly string[] = ["ONE", "TWO"]) {
  const tally = createTally({ policy: "hash", processors, key: KEY });
  return {
    ...tally,
    count(outcomes: readonly Outcome[], subjects: readonly Subject[] = [], record = EVENT) {
      tally.add({ record, subjects, outcomes });
    },
  };
}

function delivered(...drops: readonly Drop[]): Outcome {
  return { kind: "delivered", drops };
}

function drop(path: PathShape, type: JsonKind = "string", count = 1): Drop {
  return { path, type, reason: "undeclared", count };
}

function skipped(reason: "duplicate" | "stale" | "no_schema" | "not_subscribed"): Outcome {
  return { kind: "skipped", reason };
}

const person = (id: string): readonly Subject[] => [
  { role: "ACTOR", tenant: "acme", id: "admin" },
  { role: "TARGET", tenant: "acme", id },
];

describe("createTally", () => {
  it("counts every record once for every processor", () => {
    const tally = tallyOf();
    tally.count([delivered(), skipped("not_subscribed")]);
    tally.count([delivered(), { kind: "rejected", code: "REQUIRED_FIELD" }]);
    tally.count([{ kind: "retry", code: "STORE_UNKNOWN" }, delivered()]);
    const rejected: Outcome = { kind: "rejected", code: "INVALID_JSON" };
    tally.count([rejected, rejected], [], MALFORMED);
    tally.count([rejected, rejected], [], { oversize: 1, name: "n" });
    expect(tally.report()).toEqual({
      events: 5,
      duplicates: 0,
      unmatched: 0,
      malformed: 2,
      policy: "hash",
      drift: { events: 3, types: [], fields: [] },
      processors: {
        ONE: {
          delivered: 2,
          skipped: {},
          rejected: { INVALID_JSON: 2 },
          undelivered: { STORE_UNKNOWN: 1 },
          dropped: [],
        },
        TWO: {
          delivered: 1,
          skipped: { not_subscribed: 1 },
          rejected: { INVALID_JSON: 2, REQUIRED_FIELD: 1 },
          dropped: [],
        },
      },
    });
  });

  it.each<{ title: string; outcomes: readonly Outcome[]; duplicates: number }>([
    { title: "had by all that want it", outcomes: [skipped("duplicate"), skipped("not_subscribed")], duplicates: 1 },
    { title: "had by some, stale for others", outcomes: [skipped("duplicate"), skipped("stale")], duplicates: 1 },
    { title: "new to one", outcomes: [skipped("duplicate"), delivered()], duplicates: 0 },
    { title: "not done with", outcomes: [skipped("duplicate"), { kind: "retry", code: "SINK_FAILED" }], duplicates: 0 },
    { title: "only stale", outcomes: [skipped("stale"), skipped("stale")], duplicates: 0 },
  ])("takes an event that is $title for $duplicates duplicates", ({ outcomes, duplicates }) => {
    const tally = tallyOf();
    tally.count(outcomes);
    expect(tally.report().duplicates).toBe(duplicates);
  });

  it("counts events that no schema describes, even where the archive takes them", () => {
    const tally = tallyOf();
    tally.count([delivered(), skipped("no_schema")]);
    expect(tally.report().unmatched).toBe(1);
  });

  describe("of values left out", () => {
    const droppedIn = ({ report }: ReturnType<typeof tallyOf>) => report().processors["ONE"]?.dropped;

    it("adds up by declared path and type, the most frequent first", () => {
      const tally = tallyOf();
      tally.count([delivered(drop({ at: "b" }), drop({ at: "a" }, "number", 3)), delivered()]);
      tally.count([delivered(drop({ at: "b" }), drop({ at: "a" }, "string"), drop({ at: "c" })), delivered()]);
      expect(droppedIn(tally)).toEqual([
        { path: "a", type: "number", count: 3 },
        { path: "b", type: "string", count: 2 },
        { path: "a", type: "string", count: 1 },
        { path: "c", type: "string", count: 1 },
      ]);
    });

    it("leaves out those of events that are not delivered", () => {
      const tally = tallyOf();
      tally.count([skipped("duplicate"), delivered(drop({ at: "a" }))]);
      expect(droppedIn(tally)).toEqual([]);
    });

    it("shows an undeclared name once five people have it", () => {
      const tally = tallyOf();
      const outcomes = [delivered(drop({ at: "data", undeclared: "nickname" })), delivered()];
      for (const id of ["a", "b", "c", "d", "d", "a"]) tally.count(outcomes, person(id));
      expect(droppedIn(tally)).toEqual([
        { path: expect.stringMatching(/^data\.\?[0-9a-f]{8}$/), type: "string", count: 6 },
      ]);
      tally.count(outcomes, person("e"));
      expect(droppedIn(tally)).toEqual([{ path: "data.nickname", type: "string", count: 7 }]);
    });

    it("shows none for events about nobody, nor for those about one person, however many there are", () => {
      const tally = tallyOf(["ONE", "TWO", "THREE"]);
      const outcomes = Array.from({ length: 3 }, () => delivered(drop({ at: "", undeclared: "john_smith_1984" })));
      for (const id of ["a", "b", "c", "d"]) tally.count(outcomes, person(id));
      for (let event = 0; event < 9; event++) tally.count(outcomes);
      for (let event = 0; event < 9; event++) tally.count(outcomes, person("d"));
      expect(droppedIn(tally)?.[0]?.path).toMatch(/^\?[0-9a-f]{8}$/);
      tally.count(outcomes, person("e"));
      expect(droppedIn(tally)?.[0]?.path).toBe("john_smith_1984");
    });

    it.each([
      "ann@example.com",
      "auth0|5f7c8ec7c33c6c004bbafe82",
      "two words",
      "1st",
      "",
      "__proto__ ",
      "x".repeat(41),
    ])("never shows %j, which is no name of a field", (undeclared) => {
      const tally = tallyOf();
      for (const id of "abcdefghi") tally.count([delivered(drop({ at: "", undeclared })), delivered()], person(id));
      expect(droppedIn(tally)?.[0]?.path).toMatch(/^\?[0-9a-f]{8}$/);
    });

    it("tells hidden names apart, the same in every run with the same key", () => {
      const pathsOf = () => {
        const tally = tallyOf();
        for (const undeclared of ["ann", "bob"]) tally.count([delivered(drop({ at: "", undeclared })), delivered()]);
        return droppedIn(tally)?.map(({ path }) => path);
      };
      expect(new Set(pathsOf()).size).toBe(2);
      expect(pathsOf()).toEqual(pathsOf());
    });

    it("remembers ten thousand undeclared names and counts the rest together", () => {
      const tally = tallyOf();
      for (let name = 0; name < 10_500; name++) {
        tally.count([delivered(drop({ at: "data", undeclared: `n${name}` })), delivered()], person("ann"));
      }
      const dropped = droppedIn(tally) ?? [];
      expect(dropped).toHaveLength(10_001);
      expect(dropped[0]).toEqual({ path: "data.…other", type: "string", count: 500 });
    });
  });
});
