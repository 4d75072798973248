import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "#json";
import type { Op } from "#plan";
import { createTransformContext } from "#support/transform-context";
import { checkOp, prepareChain } from "#transforms";
import { applyText, getTransform } from "./apply.ts";
import { accepted, ops } from "./arbitraries.ts";
import { apply } from "./laws.ts";

const pseudonymize = getTransform("pseudonymize");
const plain: Op = { op: "pseudonymize" };

describe("pseudonymize", () => {
  it("writes prefix, epoch and token", () => {
    expect(applyText({ op: "pseudonymize", prefix: "usr_" }, "alice", { epoch: 12 })).toMatch(/^usr_e12\.[\w-]{22}$/);
  });

  it("is HMAC-SHA-256 of the value's text, cut to 132 bits", () => {
    const { key } = createTransformContext().pseudonymKey();
    const token = createHmac("sha256", key).update(`["string","alice"]`).digest("base64url").slice(0, 22);
    expect(applyText(plain, "alice")).toBe(`e1.${token}`);
  });

  it("gives equal values equal tokens and others other ones", () => {
    const value = accepted(pseudonymize);
    fc.assert(
      fc.property(value, value, (one, other) => {
        const isSame = "text" in one && "text" in other && one.text === other.text;
        fc.pre("text" in one && one.text !== "");
        expect(tokenOf(one) === tokenOf(other)).toBe(isSame);
      }),
    );
  });

  it.each<{ title: string; one: JsonValue; other: JsonValue }>([
    { title: "two spellings of a number", one: { kind: "number", text: "1" }, other: { kind: "number", text: "1.0" } },
    { title: "upper and lower case", one: { kind: "string", text: "A" }, other: { kind: "string", text: "a" } },
    {
      title: "two lone surrogates",
      one: { kind: "string", text: "\ud800" },
      other: { kind: "string", text: "\ud801" },
    },
  ])("tells $title apart", ({ one, other }) => {
    expect(tokenOf(one)).not.toBe(tokenOf(other));
  });

  it("gives a number the token of its text", () => {
    expect(tokenOf({ kind: "number", text: "123456" })).toBe(tokenOf({ kind: "string", text: "123456" }));
  });

  it("makes no token of an empty string", () => {
    expect(applyText(plain, "")).toBeUndefined();
    expect(apply([{ op: "normalize" }, plain], { kind: "string", text: "  " })).toBeUndefined();
  });

  it("writes no token that could be made without the key", () => {
    fc.assert(
      fc.property(ops(pseudonymize), accepted(pseudonymize), (op, value) => {
        fc.pre("text" in value && value.text !== "");
        expect(apply([op], value, { seed: "one" })).not.toEqual(apply([op], value, { seed: "other" }));
      }),
    );
  });

  it("writes another token in another epoch, even under the same key", () => {
    expect(applyText(plain, "alice", { epoch: 1 })).not.toBe(applyText(plain, "alice", { epoch: 2 }));
  });

  it.each<{ op: Op; breaches: string[] }>([
    {
      op: { op: "pseudonymize", prefix: "a|b" },
      breaches: ["expected prefix of letters, digits, _, - and ., got another character"],
    },
    { op: { op: "pseudonymize", prefix: "x".repeat(33) }, breaches: ["expected prefix of length 0 to 32, got 33"] },
    { op: { op: "pseudonymize", prefix: "Usr-1_." }, breaches: [] },
  ])("checks $op", ({ op, breaches }) => {
    expect(checkOp(pseudonymize, op)).toEqual(breaches);
  });

  function tokenOf(value: JsonValue): string | undefined {
    const token = prepareChain([plain])(value, createTransformContext());
    return token?.kind === "string" ? token.text : undefined;
  }
});
