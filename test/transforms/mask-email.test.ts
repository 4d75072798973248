import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Op } from "#plan";
import { checkOp } from "#transforms";
import { applyText, getTransform } from "./apply.ts";
import { texts } from "./arbitraries.ts";

const WHOLE = "***";

describe("mask_email", () => {
  it.each<{ title: string; op?: Partial<Op>; input: string; output: string }>([
    { title: "keeps the first code point", input: "alice@example.com", output: "a***@example.com" },
    { title: "keeps more where told to", op: { keep: 3 }, input: "alicia@example.com", output: "ali***@example.com" },
    { title: "keeps none where told to", op: { keep: 0 }, input: "alice@example.com", output: "***@example.com" },
    { title: "masks a local part as long as what is kept", input: "a@example.com", output: "***@example.com" },
    {
      title: "masks a local part shorter than what is kept",
      op: { keep: 4 },
      input: "ali@example.com",
      output: "***@example.com",
    },
    { title: "does not show how long the local part is", input: "ab@example.com", output: "a***@example.com" },
    {
      title: "masks the domain but for the last label",
      op: { mask_domain: true },
      input: "alice@mail.example.com",
      output: "a***@***.com",
    },
    {
      title: "does not show how many labels there are",
      op: { mask_domain: true },
      input: "alice@example.com",
      output: "a***@***.com",
    },
    { title: "keeps a surrogate pair whole", input: "😀lice@example.com", output: "😀***@example.com" },
    { title: "takes Unicode on both sides", input: "élodie@bücher.example", output: "é***@bücher.example" },
    { title: "takes Punycode", input: "alice@xn--bcher-kva.xn--p1ai", output: "a***@xn--bcher-kva.xn--p1ai" },
    { title: "takes tags and dots", input: "a.b+tag@example.com", output: "a***@example.com" },
    { title: "takes dots that mail servers refuse", input: ".alice.@example.com", output: ".***@example.com" },
  ])("$title", ({ op, input, output }) => {
    expect(applyText({ op: "mask_email", ...op }, input)).toBe(output);
  });

  it.each([
    { title: "a name", input: "alice" },
    { title: "an empty local part", input: "@example.com" },
    { title: "an empty domain", input: "alice@" },
    { title: "two @", input: "alice@home@example.com" },
    { title: "a quoted local part", input: `"alice@home"@example.com` },
    { title: "a quoted local part with a space", input: `"alice b"@example.com` },
    { title: "a display name", input: "Alice <alice@example.com>" },
    { title: "two addresses", input: "alice@example.com,bob@example.com" },
    { title: "a text that ends in an address", input: "write to alice@example.com" },
    { title: "a text behind the address", input: "alice@example.com asked" },
    { title: "a line break", input: "alice@example.com\n" },
    { title: "a no-break space", input: "alice\u00a0b@example.com" },
    { title: "an invisible character", input: "ali\u200bce@example.com" },
    { title: "a lone surrogate", input: "\ud83dalice@example.com" },
    { title: "a domain without a dot", input: "alice@localhost" },
    { title: "a domain that ends in a dot", input: "alice@example.com." },
    { title: "a domain that begins with a dot", input: "alice@.example.com" },
    { title: "an empty label", input: "alice@example..com" },
    { title: "an IPv4 address", input: "alice@192.0.2.1" },
    { title: "an IP literal", input: "alice@[192.0.2.1]" },
    { title: "an IPv6 literal", input: "alice@[IPv6:2001:db8::1]" },
    { title: "a label too long", input: `alice@${"x".repeat(64)}.com` },
    { title: "an address too long", input: `${"x".repeat(309)}@example.com` },
  ])("masks $title whole", ({ input }) => {
    expect(applyText({ op: "mask_email", keep: 4 }, input)).toBe(WHOLE);
  });

  it("shows of the local part no more than it keeps", () => {
    const local = fc.string({ unit: fc.constantFrom(..."abc1.+😀"), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(local, fc.integer({ min: 0, max: 4 }), (text, keep) => {
        const shown = [...text].length >= 2 * keep ? [...text].slice(0, keep).join("") : "";
        expect(applyText({ op: "mask_email", keep }, `${text}@example.com`)).toBe(`${shown}***@example.com`);
      }),
    );
  });

  it("leaves an empty string out", () => {
    expect(applyText({ op: "mask_email" }, "")).toBeUndefined();
  });

  it("shows nothing of what is no address", () => {
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(text !== "" && !/^[^@]+@[^@]+$/.test(text));
        expect(applyText({ op: "mask_email", keep: 4 }, text)).toBe(WHOLE);
      }),
    );
  });

  it("refuses to keep more than four", () => {
    expect(checkOp(getTransform("mask_email"), { op: "mask_email", keep: 5 })).toEqual([
      "expected keep of 0 to 4, got 5",
    ]);
  });
});
