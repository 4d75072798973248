import { describe, expect, it } from "vitest";
import type { Outcome } from "#delivery";
import { summarize } from "#lambdas/enforcer/summary";

describe("summarize", () => {
  it("counts outcomes by kind, reason and code", () => {
    const outcomes: readonly Outcome[] = [
      { kind: "delivered", drops: [] },
      { kind: "skipped", reason: "stale" },
      { kind: "skipped", reason: "stale" },
      { kind: "retry", code: "OUT_OF_TIME" },
    ];
    expect(summarize(outcomes)).toEqual({
      delivered: 1,
      skipped: { stale: 2 },
      rejected: [],
      retried: { OUT_OF_TIME: 1 },
      dropped: [],
    });
  });

  it("groups rejects by code and place, the most frequent first", () => {
    const at = (path: string): Outcome => ({ kind: "rejected", code: "REQUIRED_FIELD", path: { at: path } });
    expect(summarize([at("a"), at("b"), at("b")]).rejected).toEqual([
      { code: "REQUIRED_FIELD", place: { at: "b" }, count: 2 },
      { code: "REQUIRED_FIELD", place: { at: "a" }, count: 1 },
    ]);
  });

  it("adds up drops by place and type, undeclared names under their parent", () => {
    const drop = (undeclared: string, count: number): Outcome => ({
      kind: "delivered",
      drops: [{ path: { at: "data", undeclared }, type: "string", reason: "undeclared", count }],
    });
    const { dropped } = summarize([drop("ann@example.com", 2), drop("bob@example.com", 3)]);
    expect(dropped).toEqual([{ place: { at: "data", undeclared: "" }, type: "string", count: 5 }]);
  });
});
