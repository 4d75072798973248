import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Op } from "#plan";
import { checkOp } from "#transforms";
import { applyText, getTransform } from "./apply.ts";
import { texts } from "./arbitraries.ts";

describe("truncate", () => {
  it.each<{ title: string; length: number; input: string; output: string }>([
    { title: "keeps the first", length: 3, input: "alice", output: "ali" },
    { title: "keeps what is as long", length: 5, input: "alice", output: "alice" },
    { title: "keeps what is shorter", length: 9, input: "alice", output: "alice" },
    { title: "keeps nothing of nothing", length: 1, input: "", output: "" },
    { title: "keeps a surrogate pair whole", length: 1, input: "😀b", output: "😀" },
    { title: "counts a lone surrogate as one", length: 2, input: "\ud83da\ude00", output: "\ud83da" },
  ])("$title", ({ length, input, output }) => {
    expect(applyText({ op: "truncate", length }, input)).toBe(output);
  });

  it("leaves a beginning of the value", () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, length) => {
        expect([...(applyText({ op: "truncate", length }, text) ?? "")]).toEqual([...text].slice(0, length));
      }),
    );
  });

  it.each<{ op: Op; breaches: string[] }>([
    { op: { op: "truncate" }, breaches: ["expected length, got none"] },
    { op: { op: "truncate", length: 0 }, breaches: ["expected length of at least 1, got 0"] },
    { op: { op: "truncate", length: -1 }, breaches: ["expected length to be a whole number, got -1"] },
  ])("checks $op", ({ op, breaches }) => {
    expect(checkOp(getTransform("truncate"), op)).toEqual(breaches);
  });
});
