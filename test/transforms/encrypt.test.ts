import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonValue, writeJson } from "#json";
import type { Op } from "#plan";
import { fromText, open } from "#seal";
import { createTransformContext, SEALED_TO } from "#support/transform-context";
import { checkOp, prepareChain, type SealScope } from "#transforms";
import { applyText, getTransform } from "./apply.ts";
import { accepted, values } from "./arbitraries.ts";

const encrypt = getTransform("encrypt");
const plain: Op = { op: "encrypt" };

describe("encrypt", () => {
  it("seals the JSON text of any value, filled up to 32 bytes", () => {
    fc.assert(
      fc.property(accepted(encrypt), (value) => {
        const text = openWith("PROCESSOR", seal(value));
        expect(text?.trimEnd()).toBe(writeJson(value));
        expect(Buffer.byteLength(text ?? "") % 32).toBe(0);
      }),
    );
  });

  it.each<{ op: Op; scope: SealScope }>([
    { op: plain, scope: "PROCESSOR" },
    { op: { op: "encrypt", scope: "PROCESSOR" }, scope: "PROCESSOR" },
    { op: { op: "encrypt", scope: "SUBJECT" }, scope: "SUBJECT" },
  ])("takes the key of the $scope for $op", ({ op, scope }) => {
    expect(openWith(scope, applyText(op, "alice"))).toContain(`"alice"`);
  });

  it("is bound to what the context says", () => {
    const envelope = fromText(seal({ kind: "string", text: "alice" })) ?? new Uint8Array();
    const findKey = () => createTransformContext().sealKey("PROCESSOR").key;
    expect(open({ envelope, aad: SEALED_TO.subarray(1), findKey })).toEqual({ ok: false, failure: "TAMPERED" });
  });

  it("writes the salt of a derived key into the envelope", () => {
    const context = createTransformContext();
    const sealKey = (scope: SealScope) => ({ ...context.sealKey(scope), salt: Uint8Array.of(1, 2, 3) });
    const sealed = prepareChain([plain])({ kind: "null" }, { ...context, sealKey });
    const envelope = fromText(sealed?.kind === "string" ? sealed.text : "") ?? new Uint8Array();
    const asked: number[][] = [];
    open({ envelope, aad: SEALED_TO, findKey: ({ salt }) => void asked.push([...salt]) });
    expect(asked).toEqual([[1, 2, 3]]);
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

  it("never draws the same nonce twice", () => {
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

  function openWith(scope: SealScope, text: string | undefined): string | undefined {
    const { keyId, key } = createTransformContext().sealKey(scope);
    const opened = open({
      envelope: fromText(text ?? "") ?? new Uint8Array(),
      aad: SEALED_TO,
      findKey: (header) => (header.keyId === keyId ? key : undefined),
    });
    return opened.ok ? Buffer.from(opened.plaintext).toString() : opened.failure;
  }
});
