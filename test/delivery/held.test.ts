import { describe, expect, it } from "vitest";
import { DELIVERED, heldOf, rejected, retry } from "#delivery";

const NOW_MS = 1_790_000_000_000;

describe("heldOf", () => {
  it("counts what some processor is not done with, and each of their reasons", () => {
    const items = [
      { sinceMs: NOW_MS - 60_000, outcomes: [DELIVERED, rejected("INVALID_JSON")] },
      { sinceMs: NOW_MS - 2_000, outcomes: [DELIVERED, retry("SINK_DENIED", 1)] },
      { sinceMs: NOW_MS - 3_000, outcomes: [retry("SINK_DENIED"), retry("LEDGER_UNKNOWN")] },
    ];
    expect(heldOf(items, NOW_MS)).toEqual({ count: 2, oldestMs: 3_000, why: { SINK_DENIED: 2, LEDGER_UNKNOWN: 1 } });
  });

  it("takes for new what nobody knows the age of, and what is sent by a clock ahead of ours", () => {
    const outcomes = [retry("SINK_DENIED")];
    expect(heldOf([{ outcomes }, { sinceMs: NOW_MS + 5, outcomes }], NOW_MS)).toMatchObject({ count: 2, oldestMs: 0 });
    expect(heldOf([], NOW_MS)).toEqual({ count: 0, oldestMs: 0, why: {} });
  });
});
