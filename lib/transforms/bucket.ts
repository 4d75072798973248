import { numbersOf } from "./read-op.ts";
import type { Transform } from "./transform.ts";

export const bucket: Transform = {
  name: "bucket",
  summary: "Replaces a number by the range it is in.",
  parameters: [
    {
      name: "bounds",
      type: "doubles",
      summary:
        "ascending; a range begins with its lower bound and ends before its upper one; where one between two bounds holds no more than one whole number, they count as revealing everything",
      default: "required",
    },
  ],
  accepts: ["number"],
  yields: () => "string",
  resultLength: "tells",
  reveals: (op) => (hasRangeOfOne(numbersOf(op, "bounds")) ? ["ALL"] : ["PRESENCE", "PRECISION"]),
  uses: [],
  failures: ["A number is compared as the nearest double: one beyond all doubles is in the first or last range."],
  examples: [
    { title: "below the first bound", op: { op: "bucket", bounds: [10, 100] }, input: `9.99`, output: `"<10"` },
    { title: "between two bounds", op: { op: "bucket", bounds: [10, 100] }, input: `10`, output: `"10-100"` },
    { title: "from the last bound", op: { op: "bucket", bounds: [10, 100] }, input: `1e400`, output: `">=100"` },
  ],
  check(op) {
    const bounds = numbersOf(op, "bounds");
    if (bounds.length === 0) return "expected bounds, got none";
    const isAscending = bounds.every((bound, index) => bound > (bounds[index - 1] ?? Number.NEGATIVE_INFINITY));
    return isAscending ? undefined : `expected bounds in ascending order, got ${bounds}`;
  },
  prepare(op) {
    const bounds = numbersOf(op, "bounds");
    const ranges = rangesOf(bounds);
    return (value) => {
      if (value.kind !== "number") return undefined;
      const number = Number(value.text);
      const text = ranges[bounds.filter((bound) => bound <= number).length];
      return text === undefined ? undefined : { kind: "string", text };
    };
  },
};

/** Tells whether some range between two bounds names its value: it holds one whole number, or none. */
function hasRangeOfOne(bounds: readonly number[]): boolean {
  return bounds.slice(1).some((bound, index) => Math.ceil(bound) - Math.ceil(bounds[index] ?? bound) <= 1);
}

/** One more than there are bounds. */
function rangesOf(bounds: readonly number[]): readonly string[] {
  const inner = bounds.slice(1).map((bound, index) => `${bounds[index]}-${bound}`);
  return [`<${bounds[0]}`, ...inner, `>=${bounds.at(-1)}`];
}
