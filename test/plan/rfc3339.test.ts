import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeRfc3339, parseInstant, parseRfc3339 } from "#plan";

describe("parseRfc3339", () => {
  it.each([
    { text: "1970-01-01T00:00:00Z", ms: 0 },
    { text: "2026-08-20T09:34:56.789Z", ms: Date.UTC(2026, 7, 20, 9, 34, 56, 789) },
    { text: "2026-08-20t09:34:56.7z", ms: Date.UTC(2026, 7, 20, 9, 34, 56, 700) },
    { text: "2026-08-20 09:34:56.789999999Z", ms: Date.UTC(2026, 7, 20, 9, 34, 56, 789) },
    { text: "2026-08-20T09:34:56+05:30", ms: Date.UTC(2026, 7, 20, 4, 4, 56) },
    { text: "2026-08-20T09:34:56-00:00", ms: Date.UTC(2026, 7, 20, 9, 34, 56) },
    { text: "2016-12-31T23:59:60.5Z", ms: Date.UTC(2016, 11, 31, 23, 59, 59, 999) },
    { text: "2024-02-29T00:00:00Z", ms: Date.UTC(2024, 1, 29) },
    { text: "0050-01-01T00:00:00Z", ms: -60_589_296_000_000 },
    { text: "9999-12-31T23:59:59-23:59", ms: 253_402_387_139_000 },
  ])("reads $text", ({ text, ms }) => {
    expect(parseRfc3339(text)).toBe(ms);
  });

  it.each([
    "",
    "2026-08-20",
    "2026-08-20T09:34:56",
    "2026-08-20T09:34Z",
    "2026-08-20T09:34:56.Z",
    "2026-08-20T24:00:00Z",
    "2026-08-20T09:60:00Z",
    "2026-08-20T09:34:61Z",
    "2026-08-20T09:34:56+24:00",
    "2026-08-20T09:34:56+0530",
    "2026-02-29T00:00:00Z",
    "2026-02-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "+02026-08-20T09:34:56Z",
    "2026-08-20T09:34:56Z ",
    "٢٠٢٦-08-20T09:34:56Z",
    "1755682496",
  ])("refuses %j", (text) => {
    expect(parseRfc3339(text)).toBeUndefined();
  });

  it("reads what Date writes", () => {
    const date = fc.date({
      min: new Date("0000-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (time) => {
        expect(parseRfc3339(time.toISOString())).toBe(time.getTime());
      }),
    );
  });

  it("is never NaN", () => {
    const digits = fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,5})?(Z|[+-]\d\d:\d\d)$/);
    fc.assert(
      fc.property(digits, (text) => {
        expect(parseRfc3339(text)).not.toBeNaN();
      }),
    );
  });
});

describe("parseInstant", () => {
  it.each([
    ["2026-08-20T09:34:56.1234Z", 123, 400],
    ["2026-08-20T09:34:56.123456789Z", 123, 456],
    ["2026-08-20T09:34:56Z", 0, 0],
    ["2026-08-20T09:34:55.000001+00:00", -1_000, 1],
    ["2026-08-20T09:34:60Z", 3_999, 999],
  ])("reads %s to the microsecond", (text, ms, us) => {
    expect(parseInstant(text)).toEqual({ ms: Date.UTC(2026, 7, 20, 9, 34, 56) + ms, us });
  });

  it("reads a text without a zone only where it is told which", () => {
    expect(parseInstant("2026-08-20T09:34:56")).toBeUndefined();
    expect(parseInstant("2026-08-20T09:34:56", "Z")).toEqual({ ms: Date.UTC(2026, 7, 20, 9, 34, 56), us: 0 });
    expect(parseInstant("2026-08-20T09:34:56+01:00", "Z")?.ms).toBe(Date.UTC(2026, 7, 20, 8, 34, 56));
  });
});

describe("normalizeRfc3339", () => {
  it("spells the moment that the order of events reads, a leap second too", () => {
    const times = ["2016-12-31T23:59:59.999998Z", "2016-12-31T23:59:60Z", "2016-12-31t23:59:60.123456+00:00"];
    const texts = times.map((text) => normalizeRfc3339(text) ?? "");
    expect(texts).toEqual([
      "2016-12-31T23:59:59.999998Z",
      "2016-12-31T23:59:59.999999999Z",
      "2016-12-31T23:59:59.999999999+00:00",
    ]);
    expect(texts.map((text) => parseInstant(text))).toEqual(times.map((text) => parseInstant(text)));
  });
});
