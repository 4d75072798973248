import { describe, expect, it } from "vitest";
import { describeOps } from "#plan";

describe("describeOps", () => {
  it.each([
    { ops: [], want: "keep" },
    { ops: [{ op: "drop" }], want: "drop" },
    {
      ops: [{ op: "mask", length: 4, character: "*", reverse: true }],
      want: 'mask(length: 4, character: "*", reverse: true)',
    },
    { ops: [{ op: "normalize" }, { op: "bucket", bounds: [1, 10] }], want: "normalize + bucket(bounds: [1,10])" },
  ])("writes $want", ({ ops, want }) => {
    expect(describeOps(ops)).toBe(want);
  });
});
