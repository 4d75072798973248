import { describe, expect, it } from "vitest";
import { EXISTS, OK, UNKNOWN } from "#delivery/answer";
import { retryUnknown } from "#delivery/protocols/retry-unknown";
import { createManualClock } from "#support/manual-clock";

function retrying(attempts: number, byte = 255, deadlineMs = Number.POSITIVE_INFINITY) {
  const pauses: number[] = [];
  const clock = { ...createManualClock(), sleep: async (ms: number) => void pauses.push(ms) };
  const random = (length: number) => new Uint8Array(length).fill(byte);
  return { pauses, options: { clock, random, attempts, deadlineMs } };
}

describe("retryUnknown", () => {
  it("makes one call when the outcome is known", async () => {
    const { pauses, options } = retrying(5);
    expect(await retryUnknown(async () => OK, options)).toEqual(OK);
    expect(pauses).toEqual([]);
  });

  it("pauses longer each time, up to two seconds", async () => {
    const { pauses, options } = retrying(9);
    expect(await retryUnknown(async () => UNKNOWN, options)).toEqual(UNKNOWN);
    expect(pauses).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000]);
  });

  it("begins no pause that ends after the deadline", async () => {
    const clock = createManualClock(0);
    const options = {
      clock,
      random: (length: number) => new Uint8Array(length).fill(255),
      attempts: 9,
      deadlineMs: 300,
    };
    expect(await retryUnknown(async () => UNKNOWN, options)).toEqual(UNKNOWN);
    expect(clock.nowMs()).toBe(100);
  });

  it("makes pauses shorter by up to a half, at random", async () => {
    const { pauses, options } = retrying(3, 0);
    await retryUnknown(async () => UNKNOWN, options);
    expect(pauses).toEqual([50, 100]);
  });

  it("stops at the first answer", async () => {
    const answers = [UNKNOWN, UNKNOWN, OK, UNKNOWN];
    expect(await retryUnknown(async () => answers.shift() ?? EXISTS, retrying(9).options)).toEqual(OK);
    expect(answers).toEqual([UNKNOWN]);
  });
});
