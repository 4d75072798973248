import { describe, expect, it } from "vitest";
import { readRecord } from "#feeds";
import { FEEDS } from "#plan";
import { TRANSPORT } from "#policy";
import { listBlueprints } from "../../../lib/proof/events/blueprint.ts";
import { plantRound } from "../../../lib/proof/events/plant-round.ts";
import { FORM_COUNT } from "../../../lib/proof/events/value-forms.ts";
import { createSearcher } from "../../../lib/proof/search/search.ts";
import { compileSmallPolicy } from "../policy.ts";

const POLICY = await compileSmallPolicy();
const BLUEPRINTS = listBlueprints(POLICY);
const ROUNDS = Array.from({ length: FORM_COUNT }, (_, turn) =>
  plantRound({ blueprints: BLUEPRINTS, seed: "test", turn }),
);
const [PLAIN] = ROUNDS;

describe("a round", () => {
  it("has an event of every type, of an unknown one of each feed with a base, and of one that no schema describes", () => {
    const types = PLAIN!.records.flatMap(({ events }) => events.map(({ schema, type }) => `${schema} ${type}`.trim()));
    expect(new Set(types)).toEqual(
      new Set([
        "proof.User user.created",
        "proof.User user.updated",
        "proof.User user.deleted",
        "proof.Log s",
        "proof.Log",
        "proof.Order order.placed",
        "",
      ]),
    );
  });

  it("plants a value at every path of the matrix, and each one that may stand there", () => {
    const planted = PLAIN!.records.flatMap(({ events }) =>
      events.flatMap(({ schema, values }) => [...values.keys()].map((path) => `${schema} ${path}`)),
    );
    const declared = POLICY.matrix
      .filter(({ schema }) => schema !== TRANSPORT)
      .map(({ schema, path }) => `${schema} ${path}`);
    expect(new Set(planted)).toEqual(new Set(declared));
    const misfits = PLAIN!.records.flatMap(({ events }) =>
      events.flatMap(({ values }) =>
        [...values].filter(([, all]) => all.every(({ fits }) => !fits)).map(([path]) => path),
      ),
    );
    expect(misfits).toEqual([]);
  });

  it("is read as the events that were planted, in every turn", () => {
    for (const { records } of ROUNDS) {
      for (const { bytes, events } of records) {
        const found = readRecord(bytes, { kind: "files", feeds: FEEDS });
        if (events.length > 0) expect(found.map((each) => "malformed" in each)).toEqual(events.map(() => false));
      }
    }
  });

  it("has every canary it says it has, and no two alike", () => {
    for (const { records, canaries, hashed } of ROUNDS) {
      const texts = canaries.map(({ text }) => text);
      const searcher = createSearcher({ texts, hashed: [] });
      const finds = records.flatMap(({ bytes }) => searcher.find(bytes).map(({ text }) => text));
      expect(canaries.filter(({ index }) => !finds.includes(index))).toEqual([]);
      expect(new Set(texts).size).toBe(texts.length);
      expect(hashed).toHaveLength(texts.length);
    }
  });

  it("gives every cell a value of each JSON type, an empty one, a huge one and none that fits, sooner or later", () => {
    const values = ROUNDS.flatMap(({ records }) =>
      records.flatMap(({ events }) => events.flatMap((event) => event.values.get("data.object.email") ?? [])),
    );
    expect(new Set(values.map(({ kind }) => kind))).toEqual(
      new Set(["string", "number", "boolean", "array", "object", "null"]),
    );
    expect(values.some(({ text }) => text === "")).toBe(true);
    expect(values.some(({ text }) => text.length > 3_000)).toBe(true);
    expect(values.some(({ text }) => !text.isWellFormed())).toBe(true);
    expect(values.some(({ fits }) => !fits)).toBe(true);
  });

  it("is the same for the same seed and turn, and another for others", () => {
    const texts = (seed: string, turn: number) =>
      plantRound({ blueprints: BLUEPRINTS, seed, turn })
        .records.map(({ bytes }) => Buffer.from(bytes).toString())
        .join("");
    expect(texts("test", 1)).toBe(texts("test", 1));
    expect(texts("test", 1)).not.toBe(texts("other", 1));
    expect(texts("test", 1)).not.toBe(texts("test", 2));
  });
});
