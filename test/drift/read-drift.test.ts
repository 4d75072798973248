import { describe, expect, it } from "vitest";
import { readDrift } from "#drift";
import { driftedField, driftedType } from "./report.ts";

const DRIFT = { events: 3, types: [driftedType()], fields: [driftedField()], others: 1 };

function textWith(drift: unknown): string {
  return JSON.stringify({ events: 3, processors: {}, drift });
}

describe("readDrift", () => {
  it("takes the drift out of a report", () => {
    expect(readDrift(textWith(DRIFT), "r.json")).toEqual(DRIFT);
  });

  it.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["another JSON", '{"name":"event-shield"}'],
    ["nothing", ""],
  ])("refuses %s", (_, text) => {
    expect(() => readDrift(text, "r.json")).toThrow(
      "expected a report, got something else in r.json: name the report.json of a shield run",
    );
  });

  it("refuses a report that says nothing of drift, rather than to find none", () => {
    expect(() => readDrift(textWith(undefined), "r.json")).toThrow(
      "expected drift in r.json, got a report of runs in which no event was new to a processor: run on events that it has not had before",
    );
  });

  it.each([
    ["no drift", null],
    ["no numbers", { ...DRIFT, events: "3" }],
    ["no lists", { ...DRIFT, types: {} }],
    ["lines that are none", { ...DRIFT, fields: [null] }],
    ["feeds that there are not", { ...DRIFT, types: [driftedType({ feed: "OTHER" as never })] }],
    ["days that are none", { ...DRIFT, types: [driftedType({ firstSeen: "today" })] }],
    ["types that there are not", { ...DRIFT, fields: [driftedField({ type: "date" as never })] }],
    ["escape sequences", { ...DRIFT, fields: [driftedField({ path: "\u001b[2J" })] }],
    ["lines within a line", { ...DRIFT, types: [driftedType({ event: "a\nb" })] }],
    ["text that is turned around", { ...DRIFT, types: [driftedType({ event: "a\u202eb" })] }],
  ])("refuses a report with %s under that name", (_, drift) => {
    expect(() => readDrift(textWith(drift), "r.json")).toThrow(
      "expected drift in r.json, got something else under that name: run shield run again",
    );
  });
});
