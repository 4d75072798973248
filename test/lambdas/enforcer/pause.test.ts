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

  it("ends five times within the five minutes for which a FIFO queue knows an id", () => {
    const pauses = [1, 2, 3, 4, 5].map((receives) => pauseOf([RETRY], options(receives, 255)) ?? 0);
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(300_000);
  });

  it("is never shorter for what an outcome asks, and never longer than a quarter of an hour", () => {
    expect(pauseOf([{ ...RETRY, afterMs: 60_000 }], options(12))).toBe(450_000);
    expect(pauseOf([{ ...RETRY, afterMs: 3_600_000 }], options(1))).toBe(900_000);
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
  return { receives, random: (length: number) => new Uint8Array(length).fill(byte) };
}
