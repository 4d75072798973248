import { describe, expect, it } from "vitest";
import { writeJson } from "#json";
import type { Op } from "#plan";
import { cpuMsOf } from "#support/cpu-time";
import { checkOp, TRANSFORMS } from "#transforms";
import { apply } from "./laws.ts";

const MANY = 300_000;
/** A quadratic transform needs some 30 s for these; a linear one less than 100 ms of a processor. */
const MAX_MS = 3_000;

/** Texts that backtracking, composing, splitting and counting trip over. */
const HUGE = new Map([
  ["letters", "a".repeat(MANY)],
  ["@", "@".repeat(MANY)],
  ["labels", `a@${"a.".repeat(MANY / 2)}`],
  ["colons", "1:".repeat(MANY / 2)],
  ["digits", "1".repeat(MANY)],
  ["fraction digits", `2026-08-20T09:34:56.${"1".repeat(MANY)}Z`],
  ["spaces", `${" ".repeat(MANY / 2)}x${" ".repeat(MANY / 2)}`],
  ["surrogate pairs", "😀".repeat(MANY / 2)],
  ["lone surrogates", "\ude00\ud83d".repeat(MANY / 2)],
  ["combining marks", `a${"\u0301\u0316".repeat(MANY / 2)}`],
  ["final sigmas", "\u03a3\u0301".repeat(MANY / 2)],
]);

const all = [...TRANSFORMS.values()];
const treatments = all.flatMap((transform) => {
  const ops = [{ op: transform.name }, ...transform.examples.map(({ op }) => op)];
  return ops
    .filter((op) => checkOp(transform, op).length === 0)
    .map((op) => ({ op, transform, title: JSON.stringify(op) }));
});

describe("a huge value", () => {
  it.each(treatments)("is treated in time by $title", ({ op }) => {
    const taken = cpuMsOf(() => {
      for (const text of HUGE.values()) apply([op], { kind: "string", text });
      apply([op], { kind: "number", text: "1".repeat(MANY) });
    });
    expect(taken).toBeLessThan(MAX_MS);
  });
});

describe("names of Object.prototype", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];

  it.each(names)("are values like any other: %s", (text) => {
    for (const { op } of treatments) expect(() => apply([op], { kind: "string", text })).not.toThrow();
  });

  it.each(names)("are no transforms and no parameters: %s", (name) => {
    expect(TRANSFORMS.get(name)).toBeUndefined();
    for (const transform of all) {
      const op = JSON.parse(`{"op":"${transform.name}","${name}":1}`) as Op;
      expect(checkOp(transform, op)[0]).toMatch(
        new RegExp(`^expected a parameter of ${transform.name} .*, got ${name}$`),
      );
    }
  });

  it.each(names)("are sealed as member names: %s", (name) => {
    const object = { kind: "object", members: [{ name, value: { kind: "null" } }] } as const;
    const before = writeJson(object);
    expect(apply([{ op: "encrypt" }], object)?.kind).toBe("string");
    expect(writeJson(object)).toBe(before);
  });
});
