import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonValue, writeJson } from "#json";
import type { Op } from "#plan";
import { fromText } from "#seal";
import { createTransformContext, openSealed } from "#support/transform-context";
import { checkOp, prepareChain } from "#transforms";
import { applyText, getTransform } from "./apply.ts";
import { accepted, values } from "./arbitraries.ts";

const encrypt = getTransform("encrypt");
const plain: Op = { op: "encrypt" };

describe("encrypt", () => {
  it("seals the JSON text of any value, filled up to 32 bytes", () => {
    fc.assert(
      fc.property(accepted(encrypt), (value) => {
        const text = opened(seal(value));
        expect(text?.trimEnd()).toBe(writeJson(value));
        expect(Buffer.byteLength(text ?? "") % 32).toBe(0);
      }),
    );
  });

  it.each<{ op: Op; erased: string | undefined }>([
    { op: plain, erased: '"alice"' },
    { op: { op: "encrypt", scope: "PROCESSOR" }, erased: '"alice"' },
    { op: { op: "encrypt", scope: "SUBJECT" }, erased: "UNKNOWN_KEY" },
  ])("opens after the person is erased unless $op is the person's", ({ op, erased }) => {
    const sealed = applyText(op, "alice");
    expect(opened(sealed)?.trimEnd()).toBe('"alice"');
    expect(opened(sealed, { forget: true })?.trimEnd()).toBe(erased);
  });

  it("is bound to what the context says", () => {
    expect(opened(seal({ kind: "string", text: "alice" }), { pointer: "/0" })).toBe("TAMPERED");
  });

  it("makes flags and short words look alike", () => {
    const short = fc.oneof(
      values.boolean,
      values.null,
      fc.string({ unit: "grapheme-ascii", maxLength: 14 }).map(asValue),
    );
    fc.assert(
      fc.property(short, short, (one, other) => {
        expect(seal(one)).toHaveLength(seal(other).length);
      }),
    );
  });

  it("never seals twice alike", () => {
    const context = createTransformContext();
    const apply = prepareChain([plain]);
    const sealed = Array.from({ length: 20 }, () => apply({ kind: "null" }, context));
    expect(new Set(sealed.map((value) => JSON.stringify(value))).size).toBe(20);
  });

  it.each<{ op: Op; reveals: string[] }>([
    { op: plain, reveals: ["PRESENCE", "LENGTH"] },
    { op: { op: "encrypt", consumer_may_decrypt: false }, reveals: ["PRESENCE", "LENGTH"] },
    { op: { op: "encrypt", consumer_may_decrypt: true }, reveals: ["ALL"] },
  ])("reveals $reveals with $op", ({ op, reveals }) => {
    expect(encrypt.reveals(op)).toEqual(reveals);
  });

  it.each<{ op: Op; breaches: string[] }>([
    {
      op: { op: "encrypt", scope: "TENANT" },
      breaches: ["expected scope to be one of PROCESSOR, SUBJECT, got TENANT"],
    },
    { op: { op: "encrypt", scope: 2 }, breaches: ["expected scope to be a name, got 2"] },
    {
      op: { op: "encrypt", consumer_may_decrypt: "no" },
      breaches: [`expected consumer_may_decrypt to be true or false, got no`],
    },
    {
      op: { op: "encrypt", key: "k1" },
      breaches: ["expected a parameter of encrypt (scope, consumer_may_decrypt), got key"],
    },
  ])("checks $op", ({ op, breaches }) => {
    expect(checkOp(encrypt, op)).toEqual(breaches);
  });

  function asValue(text: string): JsonValue {
    return { kind: "string", text };
  }

  function seal(value: JsonValue): string {
    const sealed = prepareChain([plain])(value, createTransformContext());
    return sealed?.kind === "string" ? sealed.text : "";
  }

  function opened(text: string | undefined, how?: Parameters<typeof openSealed>[1]): string | undefined {
    const result = openSealed(fromText(text ?? "") ?? new Uint8Array(), how);
    return result.ok ? Buffer.from(result.plaintext).toString() : result.failure;
  }
});
