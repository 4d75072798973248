import { JSON_KINDS } from "./json-kinds.ts";
import type { Transform } from "./transform.ts";

export const drop: Transform = {
  name: "drop",
  summary: "Leaves the value out.",
  parameters: [],
  accepts: JSON_KINDS,
  yields: () => "none",
  reveals: () => [],
  uses: [],
  failures: [],
  examples: [
    { title: "leaves a string out", op: { op: "drop" }, input: `"alice"`, output: undefined },
    { title: "leaves an object out", op: { op: "drop" }, input: `{"a":1}`, output: undefined },
  ],
  prepare: () => () => undefined,
};
