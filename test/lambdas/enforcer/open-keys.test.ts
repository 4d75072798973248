import { describe, expect, it } from "vitest";
import { readKeyMaterial } from "#lambdas/enforcer/open-keys";

describe("readKeyMaterial", () => {
  it("makes the same key of the same text, another of another", () => {
    const [a, b] = ["a", "b"].map((character) => readKeyMaterial(character.repeat(64)));
    expect(a).toHaveLength(32);
    expect(a).toEqual(readKeyMaterial("a".repeat(64)));
    expect(a).not.toEqual(b);
  });

  it("keeps making the key it made before: ids depend on it", () => {
    expect(Buffer.from(readKeyMaterial("k".repeat(64))).toString("hex")).toBe(
      "6fe9aa0323997e601b6c5eb6468c436c73351c1c000f6189c406042580070e27",
    );
  });

  it("refuses a text that cannot hold 256 bits", () => {
    expect(() => readKeyMaterial("x".repeat(42))).toThrow(
      "expected key material of at least 43 characters, got 42: let the deployment generate it",
    );
  });
});
