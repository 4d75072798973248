import { describe, expect, it } from "vitest";
import type { Outcome } from "#delivery";
import { pauseOf } from "#lambdas/enforcer/pause";

const RETRY: Outcome = { kind: "retry", code: "SINK_THROTTLED" };

describe("pauseOf", () => {
  it("is none when everybody is done", () => {
    expect(pauseOf([{ kind: "delivered", drops: [] }], options(1))).toBeUndefined();
    expect(pauseOf([], options(1))).toBeUndefined();
  });

  it.each([
    [1, 2_500, 5_000],
    [2, 5_000, 10_000],
    [5, 40_000, 80_000],
    [12, 450_000, 900_000],
    [2_000, 450_000, 900_000],
  ])("grows with the receive count: %d", (receives, leastMs, mostMs) => {
    expect(pauseOf([RETRY], options(receives, 0))).toBe(leastMs);
    expect(pauseOf([RETRY], options(receives, 255))).toBe(mostMs);
  });

  it("is what the outcome asks for, and the longest of several", () => {
    const outcomes: readonly Outcome[] = [
      { ...RETRY, afterMs: 7_000 },
      { kind: "delivered", drops: [] },
      { ...RETRY, afterMs: 90_000 },
    ];
    expect(pauseOf(outcomes, options(1))).toBe(90_000);
  });
});

function options(receives: number, byte = 0) {
  return { receives, longestMs: 900_000, random: (length: number) => new Uint8Array(length).fill(byte) };
}
