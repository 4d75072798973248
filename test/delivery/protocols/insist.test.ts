import { describe, expect, it } from "vitest";
import { insist } from "#delivery/protocols/insist";
import { createManualClock } from "#support/manual-clock";

function insistence(attempts: number, byte = 255) {
  const pauses: number[] = [];
  const clock = { ...createManualClock(), sleep: async (ms: number) => void pauses.push(ms) };
  return { pauses, options: { clock, random: () => Uint8Array.of(byte), attempts } };
}

describe("insist", () => {
  it("makes one call when the outcome is known", async () => {
    const { pauses, options } = insistence(5);
    expect(await insist(async () => "ok", options)).toBe("ok");
    expect(pauses).toEqual([]);
  });

  it("pauses longer each time, up to two seconds", async () => {
    const { pauses, options } = insistence(9);
    expect(await insist(async () => "unknown", options)).toBe("unknown");
    expect(pauses).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000]);
  });

  it("makes pauses shorter by up to a half, at random", async () => {
    const { pauses, options } = insistence(3, 0);
    await insist(async () => "unknown", options);
    expect(pauses).toEqual([50, 100]);
  });

  it("stops at the first answer", async () => {
    const answers = ["unknown", "unknown", "ok", "unknown"];
    expect(await insist(async () => answers.shift() ?? "none", insistence(9).options)).toBe("ok");
    expect(answers).toEqual(["unknown"]);
  });
});
