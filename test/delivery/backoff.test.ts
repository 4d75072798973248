import { describe, expect, it } from "vitest";
import { backoffMs } from "#delivery";

const BACKOFF = { firstMs: 100, longestMs: 1_000 };
const fill = (byte: number) => (length: number) => new Uint8Array(length).fill(byte);

describe("backoffMs", () => {
  it("doubles with each try, up to the longest", () => {
    const waits = [1, 2, 3, 4, 5, 2_000].map((made) => backoffMs(made, BACKOFF, fill(255)));
    expect(waits).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it("is cut at random, never to less than a half", () => {
    expect(backoffMs(2, BACKOFF, fill(0))).toBe(100);
    expect(backoffMs(2, BACKOFF, fill(128))).toBe(150);
  });
});
