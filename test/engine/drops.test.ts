import { describe, expect, it } from "vitest";
import { deliver, textOf } from "#support/enforce";
import { eventOf } from "#support/events";
import { kept, planFor } from "#support/plans";

describe("the list of drops", () => {
  const plan = planFor({ fields: { x: kept(), o: {} } });

  it("is bounded: names beyond the first thousand are counted under their parent", () => {
    const names = Array.from({ length: 2_500 }, (_, n) => `"n${n}":${n % 2 === 0 ? "1" : '"s"'}`);
    const decision = deliver(plan, eventOf(`{${names.join()},"o":{"late":1},"x":"kept"}`));
    expect(textOf(decision)).toBe('{"x":"kept"}');
    expect(decision.drops).toHaveLength(1_003);
    expect(decision.drops.slice(1_000)).toEqual([
      { path: { at: "" }, type: "number", reason: "undeclared", count: 750 },
      { path: { at: "" }, type: "string", reason: "undeclared", count: 750 },
      { path: { at: "o" }, type: "number", reason: "undeclared", count: 1 },
    ]);
  });

  it("does not mix up names that hold separators", () => {
    const { drops } = deliver(plan, eventOf('{"a\\u0000b":1,"a":2,"a\\",\\"b":3}'));
    expect(drops.map(({ path, count }) => [path.undeclared, count])).toEqual([
      ["a\u0000b", 1],
      ["a", 1],
      ['a","b', 1],
    ]);
  });
});
