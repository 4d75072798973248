import type { Op } from "#plan";
import { countCodePoints, indexAfter } from "./code-points.ts";
import { mapText } from "./map-text.ts";
import { flagOf, numberOf, textOf } from "./read-op.ts";
import type { Transform } from "./transform.ts";

/** A longer visible part is hardly masked any more. Raising it breaks nobody; lowering it would. */
const MAX_KEEP = 8;

export const mask: Transform = {
  name: "mask",
  summary: "Replaces characters, one for one.",
  parameters: [
    {
      name: "length",
      type: "uint32",
      summary: "how many code points are masked; what is left has no bound, so it counts as revealing everything",
      default: "not by length",
      min: 1,
    },
    {
      name: "character",
      type: "string",
      summary: "what replaces each of them, one code point",
      default: "`*`",
      min: 1,
      max: 1,
    },
    { name: "reverse", type: "bool", summary: "count from the end", default: "from the start" },
    {
      name: "keep",
      type: "uint32",
      summary: "how many code points stay, never more than half; the rest is masked",
      default: "none",
      min: 1,
      max: MAX_KEEP,
    },
  ],
  accepts: ["string"],
  yields: () => "same",
  reveals(op) {
    if (numberOf(op, "length") !== undefined) return ["ALL"];
    return numberOf(op, "keep") === undefined ? ["PRESENCE", "LENGTH"] : ["PRESENCE", "LENGTH", "PARTIAL"];
  },
  uses: [],
  failures: [
    "An empty string is left out: nothing is masked by nothing.",
    "A value with no more code points than are to be masked, or fewer than twice those to be kept, is masked whole.",
    "Characters are code points: an accent or emoji of several may be masked in part.",
  ],
  examples: [
    { title: "masks the whole value", op: { op: "mask" }, input: `"secret"`, output: `"******"` },
    {
      title: "masks the last four",
      op: { op: "mask", length: 4, reverse: true },
      input: `"12-3456789"`,
      output: `"12-345****"`,
    },
    { title: "masks the first four", op: { op: "mask", length: 4 }, input: `"12-3456789"`, output: `"****456789"` },
    { title: "keeps the first four", op: { op: "mask", keep: 4 }, input: `"12-3456789"`, output: `"12-3******"` },
    {
      title: "keeps the last four",
      op: { op: "mask", keep: 4, reverse: true, character: "•" },
      input: `"12-3456789"`,
      output: `"••••••6789"`,
    },
    {
      title: "masks a value too short as a whole",
      op: { op: "mask", keep: 4 },
      input: `"1234567"`,
      output: `"*******"`,
    },
    {
      title: "counts a surrogate pair as one",
      op: { op: "mask", length: 1, reverse: true },
      input: `"ab😀"`,
      output: `"ab*"`,
    },
  ],
  check(op) {
    const given = ["length", "keep"].filter((name) => op[name] !== undefined);
    if (given.length > 1) return "expected length or keep, got both";
    return flagOf(op, "reverse") && given.length === 0
      ? "expected length or keep beside reverse, got neither"
      : undefined;
  },
  prepare(op) {
    const character = textOf(op, "character") ?? "*";
    const showsStart = showsStartOf(op);
    return mapText((text) => {
      if (text === "") return undefined;
      const count = countCodePoints(text);
      const visible = visibleOf(op, count);
      const masked = character.repeat(count - visible);
      return showsStart
        ? text.slice(0, indexAfter(text, visible)) + masked
        : masked + text.slice(indexAfter(text, count - visible));
    });
  },
};

/** How many of `count` code points stay: those beside the masked ones, never all, or the kept ones, at most half. */
function visibleOf(op: Op, count: number): number {
  const length = numberOf(op, "length");
  if (length !== undefined) return Math.max(count - length, 0);
  const keep = numberOf(op, "keep") ?? 0;
  return keep * 2 <= count ? keep : 0;
}

/** Masking from the end shows the start, as keeping from the start does. */
function showsStartOf(op: Op): boolean {
  return (numberOf(op, "length") !== undefined) === flagOf(op, "reverse");
}
