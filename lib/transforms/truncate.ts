import { indexAfter } from "./code-points.ts";
import { mapText } from "./map-text.ts";
import { numberOf } from "./read-op.ts";
import type { Transform } from "./transform.ts";

export const truncate: Transform = {
  name: "truncate",
  summary: "Keeps the first code points of a string.",
  parameters: [{ name: "length", type: "uint32", summary: "how many code points stay", default: "required", min: 1 }],
  accepts: ["string"],
  yields: () => "same",
  // A value no longer than that passes whole.
  reveals: () => ["ALL"],
  uses: [],
  failures: [
    "A value that is not longer passes whole, so it counts as revealing everything; `mask` with `keep` hides it.",
  ],
  examples: [
    {
      title: "cuts a long value",
      op: { op: "truncate", length: 7 },
      input: `"Mozilla/5.0 (X11)"`,
      output: `"Mozilla"`,
    },
    { title: "keeps a short value", op: { op: "truncate", length: 7 }, input: `"curl"`, output: `"curl"` },
    { title: "splits no surrogate pair", op: { op: "truncate", length: 2 }, input: `"a😀b"`, output: `"a😀"` },
  ],
  check: (op) => (numberOf(op, "length") === undefined ? "expected length, got none" : undefined),
  prepare(op) {
    const length = numberOf(op, "length") ?? 0;
    return mapText((text) => text.slice(0, indexAfter(text, length)));
  },
};
