import { parseRfc3339 } from "#plan";
import { mapText } from "./map-text.ts";
import { textOf } from "./read-op.ts";
import type { Transform } from "./transform.ts";

/** `2026-08-20T09:34:56.789Z`; the years before 0000 and behind 9999 are written longer, and are no RFC 3339. */
const ISO_LENGTH = 24;

/** For each unit, how much of `2026-08-20T09:34:56` stays, and the text that fills it up. */
const UNITS: ReadonlyMap<string, { readonly kept: number; readonly rest: string }> = new Map([
  ["MINUTE", { kept: 16, rest: ":00Z" }],
  ["HOUR", { kept: 13, rest: ":00:00Z" }],
  ["DAY", { kept: 10, rest: "T00:00:00Z" }],
  ["MONTH", { kept: 7, rest: "-01T00:00:00Z" }],
  ["YEAR", { kept: 4, rest: "-01-01T00:00:00Z" }],
]);

export const generalizeTime: Transform = {
  name: "generalize_time",
  summary: "Cuts a time to the start of its unit, in UTC.",
  parameters: [
    { name: "unit", type: "enum", summary: "the unit that stays", default: "required", values: [...UNITS.keys()] },
  ],
  accepts: ["string"],
  yields: () => "same",
  forKinds: ["TIMESTAMP"],
  resultLength: "fixed",
  reveals: () => ["PRESENCE", "PRECISION"],
  uses: [],
  failures: ["A value that is no RFC 3339 date and time, or lies outside the years 0000 to 9999 in UTC, is dropped."],
  examples: [
    {
      title: "keeps the hour",
      op: { op: "generalize_time", unit: "HOUR" },
      input: `"2026-08-20T09:34:56.789Z"`,
      output: `"2026-08-20T09:00:00Z"`,
    },
    {
      title: "keeps the day in UTC",
      op: { op: "generalize_time", unit: "DAY" },
      input: `"2026-01-01T00:30:00.123456789+02:00"`,
      output: `"2025-12-31T00:00:00Z"`,
    },
    {
      title: "keeps the minute of a leap second",
      op: { op: "generalize_time", unit: "MINUTE" },
      input: `"2016-12-31T23:59:60Z"`,
      output: `"2016-12-31T23:59:00Z"`,
    },
    {
      title: "drops a day that does not exist",
      op: { op: "generalize_time", unit: "YEAR" },
      input: `"2026-02-30T00:00:00Z"`,
      output: undefined,
    },
    {
      title: "drops a time without an offset",
      op: { op: "generalize_time", unit: "YEAR" },
      input: `"2026-08-20 09:34:56"`,
      output: undefined,
    },
  ],
  check: (op) =>
    textOf(op, "unit") === undefined ? `expected unit, one of ${[...UNITS.keys()].join(", ")}, got none` : undefined,
  prepare(op) {
    const { kept, rest } = UNITS.get(textOf(op, "unit") ?? "") ?? { kept: 0, rest: "" };
    return mapText((text) => {
      const ms = parseRfc3339(text);
      const iso = ms === undefined ? "" : new Date(ms).toISOString();
      return iso.length === ISO_LENGTH ? iso.slice(0, kept) + rest : undefined;
    });
  },
};
