import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "#json";
import type { Op } from "#plan";
import { checkOp } from "#transforms";
import { getTransform } from "./apply.ts";
import { apply } from "./laws.ts";

const bucket = getTransform("bucket");

describe("bucket", () => {
  it.each<{ bounds: number[]; number: string; range: string }>([
    { bounds: [18, 65], number: "17.999", range: "<18" },
    { bounds: [18, 65], number: "18", range: "18-65" },
    { bounds: [18, 65], number: "64.999", range: "18-65" },
    { bounds: [18, 65], number: "65", range: ">=65" },
    { bounds: [0], number: "-0", range: ">=0" },
    { bounds: [0], number: "-0.1", range: "<0" },
    { bounds: [-10, 0.5], number: "-1E+1", range: "-10-0.5" },
    { bounds: [10], number: "1e400", range: ">=10" },
    { bounds: [10], number: "-1e400", range: "<10" },
    { bounds: [10], number: "1e-400", range: "<10" },
    { bounds: [1e21], number: "12345678901234567890123", range: ">=1e+21" },
  ])("puts $number into $range", ({ bounds, number, range }) => {
    expect(apply([{ op: "bucket", bounds }], { kind: "number", text: number })).toEqual({
      kind: "string",
      text: range,
    });
  });

  it("orders ranges as their numbers", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const op: Op = { op: "bucket", bounds: [-5, 0, 5] };
    const ranges = ["<-5", "-5-0", "0-5", ">=5"];
    fc.assert(
      fc.property(number, number, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)].map((each) =>
          ranges.indexOf(rangeOf(op, each)),
        );
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(high ?? -1);
      }),
    );
  });

  it.each<{ op: Op; breaches: string[] }>([
    { op: { op: "bucket" }, breaches: ["expected bounds, got none"] },
    { op: { op: "bucket", bounds: [] }, breaches: ["expected bounds, got none"] },
    { op: { op: "bucket", bounds: [1, 1] }, breaches: ["expected bounds in ascending order, got 1,1"] },
    { op: { op: "bucket", bounds: [2, 1] }, breaches: ["expected bounds in ascending order, got 2,1"] },
    {
      op: { op: "bucket", bounds: [1, Number.NaN] },
      breaches: ["expected bounds to be a list of finite numbers, got 1,NaN"],
    },
    { op: { op: "bucket", bounds: [-1, 0, 1] }, breaches: [] },
  ])("checks $op", ({ op, breaches }) => {
    expect(checkOp(bucket, op)).toEqual(breaches);
  });

  function rangeOf(op: Op, number: number): string {
    const value: JsonValue | undefined = apply([op], { kind: "number", text: JSON.stringify(number) });
    return value?.kind === "string" ? value.text : "";
  }
});
