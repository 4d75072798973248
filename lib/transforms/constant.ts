import type { JsonValue } from "#json";
import type { Op } from "#plan";
import { JSON_KINDS } from "./json-kinds.ts";
import { flagOf, numberOf, textOf } from "./read-op.ts";
import type { Transform } from "./transform.ts";

const VALUES = ["text", "number", "flag"] as const;

export const constant: Transform = {
  name: "constant",
  summary: "Replaces any value by a fixed one.",
  parameters: [
    { name: "text", type: "string", summary: "the value, a string", default: "unset" },
    { name: "number", type: "double", summary: "the value, a number", default: "unset" },
    { name: "flag", type: "bool", summary: "the value, true or false", default: "unset" },
  ],
  accepts: JSON_KINDS,
  yields: (op) => fixedValue(op).kind,
  resultLength: "fixed",
  reveals: () => ["PRESENCE"],
  uses: [],
  failures: [],
  examples: [
    { title: "writes a string", op: { op: "constant", text: "hidden" }, input: `"alice"`, output: `"hidden"` },
    { title: "writes a number", op: { op: "constant", number: 0.5 }, input: `["a",{"b":1}]`, output: `0.5` },
    { title: "writes a flag", op: { op: "constant", flag: false }, input: `true`, output: `false` },
  ],
  check(op) {
    const given = VALUES.filter((name) => op[name] !== undefined);
    if (given.length === 1) return undefined;
    return `expected one of text, number and flag, got ${given.join(" and ") || "none"}`;
  },
  prepare(op) {
    const value = fixedValue(op);
    return () => value;
  },
};

function fixedValue(op: Op): JsonValue {
  const text = textOf(op, "text");
  if (text !== undefined) return { kind: "string", text };
  const number = numberOf(op, "number");
  if (number !== undefined) return { kind: "number", text: JSON.stringify(number) };
  return { kind: "boolean", value: flagOf(op, "flag") };
}
