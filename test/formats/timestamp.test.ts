import { describe, expect, it } from "vitest";
import { parseInstant } from "#plan";
import { microsOf } from "../../lib/formats/timestamp.ts";

describe("microsOf", () => {
  it.each([
    "2016-12-31T23:59:59.999998Z",
    "2016-12-31T23:59:60Z",
    "2016-12-31T23:59:60.123456Z",
    "1969-12-31T23:59:59.1234567+01:00",
  ])("reads %s as events are ordered", (text) => {
    const { ms, us } = parseInstant(text) ?? { ms: 0, us: 0 };
    expect(microsOf(text)).toBe(BigInt(ms) * 1_000n + BigInt(us));
  });

  it.each(["2016-12-31", "1600-01-01T00:00:00Z", "2300-01-01T00:00:00Z"])("reads nothing from %s", (text) => {
    expect(microsOf(text)).toBeUndefined();
  });
});
