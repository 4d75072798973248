import { describe, expect, it } from "vitest";
import { makePattern } from "../../../lib/auth0/sample/make-pattern.ts";
import { createRandom } from "../../../lib/auth0/sample/random.ts";

describe("makePattern", () => {
  it.each([
    "evt_[a-zA-Z0-9]{22}",
    "^cns_[A-Za-z0-9-_]{22}$",
    "[a-z0-9][-a-z0-9]{1,62}[a-z0-9]",
    "^[a-f0-9]{32}$",
    "plain",
  ])("fits %s", (pattern) => {
    const random = createRandom(5);
    for (let round = 0; round < 50; round++)
      expect(makePattern(pattern, random)).toMatch(new RegExp(`^(?:${pattern})$`, "u"));
  });

  it("refuses a pattern it cannot read", () => {
    expect(() => makePattern("^(a|b)+$", createRandom(1))).toThrow(
      "expected a pattern of literals and classes, got ^(a|b)+$",
    );
  });
});
