import { describe, expect, it } from "vitest";
import { loadPatterns } from "#plan";
import { findPatternFault, re2 } from "#plan/re2";
import { kept, list, map, planFor } from "#support/plans";

describe("a pattern", () => {
  it.each([
    ["[a-z]+", "abc", "abc1"],
    ["a|ab", "ab", "aba"],
    ["x-[a-z0-9]{1,64}", "x-1", "x-"],
    ["(?:en|de)_[A-Z]{2}", "de_DE", "de_DE\n"],
    ["([a-z]+[.])*[a-z]+", "a.b.c", "a..c"],
    ["\\p{L}+", "élodie", "é1"],
    [".", "😀", "😀😀"],
    ["", "", "a"],
  ])("%s fits all of a text, or does not fit it", (pattern, fitting, other) => {
    expect(findPatternFault(pattern)).toBeUndefined();
    expect([fitting, other].map(re2.compile(pattern))).toEqual([true, false]);
  });

  it.each([
    ["[a-z", "missing closing ]: [a-z"],
    ["([a-z])\\1", "invalid escape sequence: \\1"],
    ["(?<n>a)\\k<n>", "invalid escape sequence: \\k"],
    ["(?=a)b", "invalid or unsupported Perl syntax: (?="],
    ["(?<!a)b", "invalid named capture: (?<!a)b"],
    ["a{1001}", "invalid repeat count: {1001}"],
    ["[a-z]{900}[0-9]{900}", "one of 1802 steps, more than 1000"],
    ["a".repeat(1_001), "1001 characters, more than 1000"],
  ])("%s is refused", (pattern, fault) => {
    expect(findPatternFault(pattern)).toBe(fault);
  });

  it.each([
    ["[a-z0-9]{1,63}-?[a-z0-9]{0,63}-?[a-z0-9]{0,63}-?[a-z0-9]{0,63}\\.com", "a"],
    [`${"a?".repeat(24)}b`, "a"],
    ["(a+)+", "aaaaaaaaaaaaaaaaaaaaaaaa!"],
    ["(a|aa)+b", "a"],
    ["(.*)*(.*)*x", "ab😀"],
    ["(a|b)*a(a|b){100}c", "abbabaaab"],
  ])("%s takes time that grows with the text", (pattern, unit) => {
    const matches = re2.compile(pattern);
    matches(unit.repeat(10));
    const startedMs = performance.now();
    matches(unit.repeat(100_000 / unit.length));
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});

describe("loadPatterns", () => {
  it("gives what plans with patterns need", async () => {
    const plan = planFor({ fields: { a: list(map(kept(), "[a-z]+")) } });
    expect((await loadPatterns([planFor({ fields: {} }), plan]))?.compile("[a-z]")("a")).toBe(true);
  });

  it("gives nothing to plans without", async () => {
    expect(await loadPatterns([planFor({ fields: { a: map(kept()), b: list(kept()) } })])).toBeUndefined();
  });
});
