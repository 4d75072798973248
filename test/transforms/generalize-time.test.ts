import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Op } from "#plan";
import { checkOp } from "#transforms";
import { applyText, getTransform } from "./apply.ts";

const UNITS = ["MINUTE", "HOUR", "DAY", "MONTH", "YEAR"];
const TIME = "2026-08-20T09:34:56.789Z";

describe("generalize_time", () => {
  it.each([
    { unit: "MINUTE", input: TIME, output: "2026-08-20T09:34:00Z" },
    { unit: "HOUR", input: TIME, output: "2026-08-20T09:00:00Z" },
    { unit: "DAY", input: TIME, output: "2026-08-20T00:00:00Z" },
    { unit: "MONTH", input: TIME, output: "2026-08-01T00:00:00Z" },
    { unit: "YEAR", input: TIME, output: "2026-01-01T00:00:00Z" },
    { unit: "DAY", input: "2026-08-20t09:34:56z", output: "2026-08-20T00:00:00Z" },
    { unit: "DAY", input: "2026-08-20T23:30:00-05:00", output: "2026-08-21T00:00:00Z" },
    { unit: "HOUR", input: "2026-08-20T09:10:00+05:45", output: "2026-08-20T03:00:00Z" },
    { unit: "YEAR", input: "0001-02-03T04:05:06Z", output: "0001-01-01T00:00:00Z" },
    { unit: "MINUTE", input: "1969-12-31T23:59:59.999Z", output: "1969-12-31T23:59:00Z" },
  ])("cuts $input to the start of its $unit", ({ unit, input, output }) => {
    expect(applyText({ op: "generalize_time", unit }, input)).toBe(output);
  });

  it.each([
    { title: "a date", input: "2026-08-20" },
    { title: "a time without an offset", input: "2026-08-20T09:34:56" },
    { title: "seconds since 1970", input: "1787218496" },
    { title: "a day that does not exist", input: "2026-02-30T00:00:00Z" },
    { title: "a year behind 9999 in UTC", input: "9999-12-31T23:59:59-00:01" },
    { title: "a year before 0000 in UTC", input: "0000-01-01T00:00:00+00:01" },
    { title: "nothing", input: "" },
  ])("drops $title", ({ input }) => {
    for (const unit of UNITS) expect(applyText({ op: "generalize_time", unit }, input)).toBeUndefined();
  });

  it("depends on the unit the time is in alone", () => {
    const time = fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true });
    fc.assert(
      fc.property(time, fc.nat(59_999), (date, ms) => {
        const minute = date.getTime() - (date.getTime() % 60_000);
        const [one, other] = [date, new Date(minute + ms)].map((each) => each.toISOString());
        for (const unit of UNITS) {
          expect(applyText({ op: "generalize_time", unit }, one ?? "")).toBe(
            applyText({ op: "generalize_time", unit }, other ?? ""),
          );
        }
      }),
    );
  });

  it.each<{ op: Op; breaches: string[] }>([
    { op: { op: "generalize_time" }, breaches: ["expected unit, one of MINUTE, HOUR, DAY, MONTH, YEAR, got none"] },
    {
      op: { op: "generalize_time", unit: "CENTURY" },
      breaches: ["expected unit to be one of MINUTE, HOUR, DAY, MONTH, YEAR, got CENTURY"],
    },
  ])("checks $op", ({ op, breaches }) => {
    expect(checkOp(getTransform("generalize_time"), op)).toEqual(breaches);
  });
});
