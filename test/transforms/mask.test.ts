import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Op } from "#plan";
import { checkOp } from "#transforms";
import { applyText, getTransform } from "./apply.ts";
import { texts } from "./arbitraries.ts";

const mask = getTransform("mask");

describe("mask", () => {
  it.each<{ title: string; op: Op; input: string; output: string | undefined }>([
    { title: "masks the whole value", op: { op: "mask" }, input: "alice", output: "*****" },
    { title: "leaves an empty value out", op: { op: "mask" }, input: "", output: undefined },
    { title: "masks the first", op: { op: "mask", length: 2 }, input: "alice", output: "**ice" },
    { title: "masks the last", op: { op: "mask", length: 2, reverse: true }, input: "alice", output: "ali**" },
    { title: "masks all but one", op: { op: "mask", length: 4 }, input: "alice", output: "****e" },
    {
      title: "masks whole what is as long as the mask",
      op: { op: "mask", length: 5 },
      input: "alice",
      output: "*****",
    },
    {
      title: "masks whole what is shorter than the mask",
      op: { op: "mask", length: 9, reverse: true },
      input: "alice",
      output: "*****",
    },
    { title: "keeps the first", op: { op: "mask", keep: 2 }, input: "alice", output: "al***" },
    { title: "keeps the last", op: { op: "mask", keep: 2, reverse: true }, input: "alice", output: "***ce" },
    { title: "keeps half", op: { op: "mask", keep: 4 }, input: "alice123", output: "alic****" },
    {
      title: "keeps none where it would be more than half",
      op: { op: "mask", keep: 4 },
      input: "alice12",
      output: "*******",
    },
    {
      title: "masks whole what is as long as would be kept",
      op: { op: "mask", keep: 5 },
      input: "alice",
      output: "*****",
    },
    {
      title: "masks whole what is shorter than would be kept",
      op: { op: "mask", keep: 8 },
      input: "alice",
      output: "*****",
    },
    { title: "writes another character", op: { op: "mask", character: "😀", keep: 1 }, input: "abc", output: "a😀😀" },
    { title: "counts code points", op: { op: "mask", keep: 2 }, input: "a😀b😀", output: "a😀**" },
    {
      title: "counts code points from the end",
      op: { op: "mask", keep: 2, reverse: true },
      input: "a😀b😀",
      output: "**b😀",
    },
    {
      title: "counts a lone surrogate as one",
      op: { op: "mask", length: 1, reverse: true },
      input: "\ude00\ud83da",
      output: "\ude00\ud83d*",
    },
    { title: "joins no lone surrogates", op: { op: "mask", keep: 1 }, input: "\ud83d\ud83d\ude00", output: "\ud83d*" },
  ])("$title", ({ op, input, output }) => {
    expect(applyText(op, input)).toBe(output);
  });

  it("shows no more code points than it keeps", () => {
    const keep = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(texts, keep, fc.boolean(), (text, keep, reverse) => {
        const input = [...text.replaceAll("*", "")];
        const output = [...(applyText({ op: "mask", keep, reverse }, input.join("")) ?? "")];
        expect(output).toHaveLength(input.length);
        expect(output.filter((character) => character !== "*")).toHaveLength(input.length >= 2 * keep ? keep : 0);
      }),
    );
  });

  it("depends on what it keeps and the length alone", () => {
    const part = fc.string({ unit: "grapheme-ascii", minLength: 4, maxLength: 9 });
    fc.assert(
      fc.property(part, part, part, (kept, one, other) => {
        const [short, long] = [one, other].sort((a, b) => a.length - b.length);
        const op: Op = { op: "mask", keep: 4 };
        const other4 = kept.slice(0, 4) + long?.slice(0, short?.length);
        expect(applyText(op, kept.slice(0, 4) + short)).toBe(applyText(op, other4));
      }),
    );
  });

  it.each<{ op: Op; reveals: string[] }>([
    { op: { op: "mask" }, reveals: ["PRESENCE", "LENGTH"] },
    { op: { op: "mask", keep: 4 }, reveals: ["PRESENCE", "LENGTH", "PARTIAL"] },
    { op: { op: "mask", length: 4 }, reveals: ["ALL"] },
  ])("reveals $reveals with $op", ({ op, reveals }) => {
    expect(mask.reveals(op)).toEqual(reveals);
  });

  it.each<{ op: Op; breaches: string[] }>([
    { op: { op: "mask", length: 4, keep: 4 }, breaches: ["expected length or keep, got both"] },
    { op: { op: "mask", reverse: true }, breaches: ["expected length or keep beside reverse, got neither"] },
    { op: { op: "mask", length: 0 }, breaches: ["expected length of at least 1, got 0"] },
    { op: { op: "mask", keep: 9 }, breaches: ["expected keep of 1 to 8, got 9"] },
    { op: { op: "mask", keep: 1.5 }, breaches: ["expected keep to be a whole number, got 1.5"] },
    { op: { op: "mask", character: "" }, breaches: ["expected character of length 1, got 0"] },
    { op: { op: "mask", character: "ab" }, breaches: ["expected character of length 1, got 2"] },
    { op: { op: "mask", character: "😀" }, breaches: [] },
  ])("checks $op", ({ op, breaches }) => {
    expect(checkOp(mask, op)).toEqual(breaches);
  });
});
