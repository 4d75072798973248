import { describe, expect, it } from "vitest";
import { findPatternFault } from "../../../lib/policy/schema/key-pattern.ts";

describe("findPatternFault", () => {
  it.each(["[a-z]+", "a|b", "x-[a-z0-9]{1,64}", "(?:en|de)_[A-Z]{2}", "\\d{4}", "[+*]\\*a*", "[\\]a]+", "(a|b)c?"])(
    "takes %s",
    (pattern) => {
      expect(findPatternFault(pattern)).toBeUndefined();
    },
  );

  it.each([
    ["[a-z", "no regular expression"],
    ["(a+)+", "a group that repeats"],
    ["(a|a)*", "a group that repeats"],
    ["(ab){2,}", "a group that repeats"],
    ["a*a*b", "several repetitions without bound"],
    ["a+|b{3,}", "several repetitions without bound"],
    ["(a)\\1", "a reference or look-around"],
    ["(?<n>a)\\k<n>", "a reference or look-around"],
    ["(?=a)b", "a reference or look-around"],
    ["(?<!a)b", "a reference or look-around"],
  ])("refuses %s", (pattern, fault) => {
    expect(findPatternFault(pattern)).toBe(fault);
  });

  it("takes only patterns that match a long hostile key at once", () => {
    const key = `${"a".repeat(100_000)}!`;
    const startedMs = performance.now();
    for (const pattern of ["[a-z]+", "a*b", "x?[a-z]*y?"]) new RegExp(`^(?:${pattern})$`, "u").test(key);
    expect(performance.now() - startedMs).toBeLessThan(500);
  });
});
