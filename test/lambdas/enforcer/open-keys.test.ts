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
      "658dc0bf7476b30873a4055d56da00f07a74f1a971e0b69442bfc809bc0fa0bd",
    );
  });

  it("refuses a text that cannot hold 256 bits", () => {
    expect(() => readKeyMaterial("x".repeat(42))).toThrow(
      "expected key material of at least 43 characters, got 42: let the deployment generate it",
    );
  });
});
