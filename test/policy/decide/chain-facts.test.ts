import { describe, expect, it } from "vitest";
import type { Reveal } from "#plan";
import { leavesNothing } from "#transforms";
import { revealsBeyond, revealsOf, strengthOf } from "../../../lib/policy/decide/chain-facts.ts";

describe("revealsBeyond", () => {
  const rows: readonly (readonly [string, readonly Reveal[], readonly Reveal[], readonly Reveal[]])[] = [
    ["nothing beyond ALL", ["PRESENCE", "PARTIAL"], ["ALL"], []],
    ["no presence where any fact is allowed, since each tells it", ["PRESENCE", "EQUALITY"], ["EQUALITY"], []],
    ["presence where nothing is allowed", ["PRESENCE"], [], ["PRESENCE"]],
    ["a weaker fact that is not allowed", ["PRESENCE", "LENGTH"], ["EQUALITY"], ["LENGTH"]],
    ["ALL where less is allowed", ["ALL"], ["PRESENCE", "PARTIAL"], ["ALL"]],
    ["nothing of what is dropped", [], [], []],
  ];
  it.each(rows)("finds %s", (_title, reveals, allowed, beyond) => {
    expect(revealsBeyond(reveals, allowed)).toEqual(beyond);
  });
});

describe("a chain", () => {
  it.each([
    { title: "that is empty", ops: [], dropped: false, reveals: ["ALL"], strength: 5 },
    { title: "that drops", ops: [{ op: "normalize" }, { op: "drop" }], dropped: true, reveals: [], strength: -1 },
    { title: "that masks", ops: [{ op: "mask" }], dropped: false, reveals: ["PRESENCE", "LENGTH"], strength: 1 },
    { title: "with a transform that does not exist", ops: [{ op: "" }], dropped: false, reveals: [], strength: -1 },
  ])("$title", ({ ops, dropped, reveals, strength }) => {
    expect([leavesNothing(ops), revealsOf(ops), strengthOf(ops)]).toEqual([dropped, reveals, strength]);
  });
});
