import { describe, expect, it } from "vitest";
import { isDecimalText, parseInteger } from "#plan";

describe("parseInteger", () => {
  it.each([
    ["0", 0n],
    ["-0", 0n],
    ["0e999999", 0n],
    ["1.0", 1n],
    ["1e3", 1000n],
    ["-1.50E+2", -150n],
    ["1200e-2", 12n],
    ["9007199254740993", 9007199254740993n],
    ["9223372036854775807", 2n ** 63n - 1n],
    ["-9223372036854775808", -(2n ** 63n)],
    ["18446744073709551615", 2n ** 64n - 1n],
    [`1.${"0".repeat(1_000_000)}`, 1n],
  ])("reads %s", (text, integer) => {
    expect(parseInteger(text)).toBe(integer);
  });

  it.each([
    "1.5",
    "1e-1",
    "1e999999",
    `1e${"9".repeat(1_000_000)}`,
    "18446744073709551616",
    "-9223372036854775809",
    "",
    "x",
    "0x1",
    "1_0",
  ])("does not take %s for one", (text) => {
    expect(parseInteger(text)).toBeUndefined();
  });
});

describe("isDecimalText", () => {
  it.each([
    ["123", true],
    ["-1", true],
    ["1.0", false],
    ["1e3", false],
    ["007", false],
    [" 1", false],
    ["9".repeat(21), false],
  ])("%s: %s", (text, expected) => {
    expect(isDecimalText(text)).toBe(expected);
  });
});
