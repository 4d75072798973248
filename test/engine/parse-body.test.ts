import { describe, expect, it } from "vitest";
import { enforce } from "#support/enforce";
import { eventOf } from "#support/events";
import { kept, open, planFor } from "#support/plans";

const plans = [planFor({ fields: { a: kept(), free: open() } }), planFor({ source: "whole" })];
const MIB = 1024 * 1024;

describe("a body that cannot be trusted is rejected for every plan", () => {
  it.each([
    ["INVALID_UTF8", Uint8Array.of(0x7b, 0xff, 0x7d)],
    ["INVALID_JSON", '{"a":'],
    ["INVALID_JSON", ""],
    ["INVALID_JSON", "\ufeff{}"],
    ["INVALID_JSON", '{"a":NaN}'],
    ["DUPLICATE_KEY", '{"a":"1","a":"2"}'],
    ["DUPLICATE_KEY", '{"a":"1","\\u0061":"2"}'],
    ["DUPLICATE_KEY", '{"undeclared":[{"b":1,"b":1}]}'],
    ["TOO_DEEP", `{"undeclared":${"[".repeat(64)}${"]".repeat(64)}}`],
    ["TOO_LARGE", `{"a":"${"x".repeat(MIB - 7)}"}`],
    ["TOO_LARGE", new Uint8Array(MIB + 1).fill(0xff)],
    ["INVALID_UTF8", new Uint8Array(MIB).fill(0xff)],
  ])("%s", (code, body) => {
    for (const plan of plans) expect(enforce(plan, eventOf(body))).toEqual({ kind: "reject", code });
  });

  it.each([
    ["1 MiB", `{"a":"${"x".repeat(MIB - 8)}"}`],
    ["64 levels", `{"free":${"[".repeat(63)}${"]".repeat(63)}}`],
  ])("%s are not too much", (_, body) => {
    for (const plan of plans) expect(enforce(plan, eventOf(body)).kind).toBe("deliver");
  });
});
