import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonValue, parseJson, writeJson } from "#json";
import type { Op } from "#plan";
import { createTransformContext } from "#support/transform-context";
import { prepareChain, revealsOfChain, TRANSFORMS } from "#transforms";
import type { Canary, Guise } from "../../../lib/proof/canaries/canary.ts";
import { hides, permits, shownOf } from "../../../lib/proof/oracle/judge-value.ts";
import type { Original, Sample } from "../../../lib/proof/oracle/op-oracle.ts";

const EVERYTHING = Number.POSITIVE_INFINITY;

function sampleOf(json: string): Sample {
  const parsed = parseJson(json, { maxDepth: 64 });
  if ("problem" in parsed) throw new Error(`expected JSON, got ${json}`);
  const { value } = parsed;
  return { kind: value.kind, text: value.kind === "string" ? value.text : writeJson(value) };
}

function originalOf(json: string, canaries: readonly string[] = []): Original {
  return { ...sampleOf(json), canaries: canaries.map((text) => ({ text })) };
}

function decided(...ops: readonly Op[]) {
  return { ops, reveals: revealsOfChain(ops) };
}

function treat(ops: readonly Op[], text: string): JsonValue | undefined {
  return prepareChain(ops)({ kind: "string", text }, createTransformContext());
}

describe("the oracle", () => {
  const examples = [...TRANSFORMS.values()].flatMap(({ name, examples: all }) =>
    all.map((example) => ({ name, ...example })),
  );

  it.each(examples)("permits what is documented of $name: $title", ({ op, input, output }) => {
    if (output === undefined || output === '"<keyed>"') return;
    expect(permits(decided(op), originalOf(input), sampleOf(output))).toBe(true);
  });

  it.each<[string, Op, string, string]>([
    ["a mask that keeps one more", { op: "mask", keep: 4 }, `"12-3456789"`, `"12-34*****"`],
    ["a mask that keeps the other end", { op: "mask", keep: 4 }, `"12-3456789"`, `"12-3*****9"`],
    ["a mask that keeps all of a short value", { op: "mask", keep: 4 }, `"1234"`, `"1234"`],
    ["a mask with other characters under it", { op: "mask", keep: 2 }, `"abcdef"`, `"ab*b**"`],
    ["a mask that cuts", { op: "mask" }, `"secret"`, `"***"`],
    ["a mask by length that masks one less", { op: "mask", length: 4, reverse: true }, `"12-3456789"`, `"12-3456***"`],
    ["a mask by length of a value that is too short", { op: "mask", length: 4 }, `"123"`, `"12*"`],
    ["a longer beginning", { op: "truncate", length: 7 }, `"Mozilla/5.0"`, `"Mozilla/"`],
    ["another beginning", { op: "truncate", length: 7 }, `"Mozilla/5.0"`, `"ozilla/"`],
    ["one bit more of IPv4", { op: "truncate_ip", ipv4_bits: 23 }, `"192.0.3.77"`, `"192.0.3.0"`],
    ["host bits of IPv4", { op: "truncate_ip" }, `"192.0.2.77"`, `"192.0.2.64"`],
    ["another network", { op: "truncate_ip" }, `"192.0.2.77"`, `"192.0.3.0"`],
    ["host bits of IPv6", { op: "truncate_ip" }, `"2001:db8:1:2::77"`, `"2001:db8:1:2::"`],
    ["a mapped address as it is", { op: "truncate_ip" }, `"::ffff:192.0.2.77"`, `"::ffff:192.0.2.77"`],
    ["a 6to4 address with all of its IPv4", { op: "truncate_ip" }, `"2002:c000:24d:1::1"`, `"2002:c000:24d::"`],
    ["an address that was none", { op: "truncate_ip" }, `"k7q2wxe9mvt4zhr0pdyn"`, `"k7q2wxe9mvt4zhr0pdyn"`],
    [
      "the minute for the hour",
      { op: "generalize_time", unit: "HOUR" },
      `"2026-08-20T09:34:56Z"`,
      `"2026-08-20T09:34:00Z"`,
    ],
    ["another hour", { op: "generalize_time", unit: "HOUR" }, `"2026-08-20T09:34:56Z"`, `"2026-08-20T08:00:00Z"`],
    [
      "a time with its seconds",
      { op: "generalize_time", unit: "DAY" },
      `"2026-08-20T09:34:56Z"`,
      `"2026-08-20T00:00:56Z"`,
    ],
    ["another range", { op: "bucket", bounds: [10, 100] }, `42`, `">=100"`],
    ["a number as it is", { op: "bucket", bounds: [10, 100] }, `42`, `"42"`],
    ["one letter more of an address", { op: "mask_email" }, `"alice@example.com"`, `"al***@example.com"`],
    ["all of a short local part", { op: "mask_email" }, `"a@example.com"`, `"a***@example.com"`],
    ["another domain", { op: "mask_email" }, `"alice@example.com"`, `"a***@alice.com"`],
    [
      "a domain to be masked",
      { op: "mask_email", mask_domain: true },
      `"a@mail.example.com"`,
      `"***@mail.example.com"`,
    ],
    [
      "two labels of a domain",
      { op: "mask_email", mask_domain: true },
      `"al@mail.example.com"`,
      `"a***@***.example.com"`,
    ],
    ["what is no address", { op: "mask_email" }, `"alice"`, `"a***"`],
    ["one of two addresses", { op: "mask_email" }, `"a@b.com@c.com"`, `"***@c.com"`],
    ["a constant that is another", { op: "constant", text: "hidden" }, `"alice"`, `"alice"`],
    ["a text with an address in it", { op: "scrub_text" }, `"to a@b.com, x"`, `"to a@b.com, x"`],
    ["an address cut in pieces", { op: "scrub_text" }, `"to alice@b.com"`, `"to al[EMAIL].com, x"`],
    ["a text that was moved", { op: "scrub_text" }, `"a b 192.0.2.1 c d"`, `"c d [IP] a b"`],
    ["a text with an address of the network", { op: "scrub_text" }, `"a@b.com 192.0.2.1"`, `"[EMAIL] 192.0.2.1"`],
    ["a text with a token", { op: "scrub_text" }, `"a@b.com access_token=abcd"`, `"[EMAIL] access_token=abcd"`],
    ["a text with a user id", { op: "scrub_text" }, `"a@b.com auth0|1a"`, `"[EMAIL] auth0|1a"`],
    ["anything after drop", { op: "drop" }, `"alice"`, `""`],
    [
      "a pseudonym with six letters of the value",
      { op: "pseudonymize" },
      `"k7q2wxe9mvt4zhr0pdyn"`,
      `"e1.k7q2wxAAAAAAAAAAAAAAAA"`,
    ],
    [
      "a pseudonym without its prefix",
      { op: "pseudonymize", prefix: "u-" },
      `"k7q2wxe9"`,
      `"e1.AAAAAAAAAAAAAAAAAAAAAA"`,
    ],
    ["a sealed value that is not sealed", { op: "encrypt" }, `"k7q2wxe9mvt4zhr0pdyn"`, `"k7q2wxe9mvt4zhr0pdyn"`],
    ["a sealed value that quotes the value", { op: "encrypt" }, `"k7q2wxe9mvt4"`, `"es.AAAAk7q2wxAAAA"`],
    ["a member that is not kept", { op: "keep_keys", keys: [{ name: "a" }] }, `{"a":1,"b":2}`, `{"a":1,"b":2}`],
    [
      "a member that is not treated",
      { op: "keep_keys", keys: [{ name: "a", transforms: [{ mask: {} }] }] },
      `{"a":"xy"}`,
      `{"a":"xy"}`,
    ],
    ["a member of a kept one", { op: "keep_keys", keys: [{ name: "a" }] }, `{"a":{"b":1}}`, `{"a":{"c":1}}`],
  ])("does not permit %s", (_, op, input, output) => {
    const text = sampleOf(input).text;
    expect(permits(decided(op), originalOf(input, text.length >= 8 ? [text] : []), sampleOf(output))).toBe(false);
  });

  it("lets a value that is kept pass as it is, and in no other way", () => {
    expect(permits(decided(), originalOf(`"a"`), sampleOf(`"a"`))).toBe(true);
    expect(permits(decided(), originalOf(`"a"`), sampleOf(`"A"`))).toBe(false);
    expect(permits(decided(), originalOf(`"1"`), sampleOf(`1`))).toBe(false);
    expect(permits(decided(), originalOf(`1.0`), sampleOf(`1`))).toBe(false);
  });

  it("holds a chain to the bound of each of its transforms", () => {
    const chain = decided({ op: "normalize" }, { op: "pseudonymize" });
    const original = originalOf(`"K7Q2WXE9MVT4ZHR0PDYN"`, ["K7Q2WXE9MVT4ZHR0PDYN"]);
    expect(permits(chain, original, sampleOf(`"e1.AAAAAAAAAAAAAAAAAAAAAA"`))).toBe(true);
    expect(permits(chain, original, sampleOf(`"e1.K7Q2WXAAAAAAAAAAAAAAAA"`))).toBe(false);
  });

  it("holds a transform it does not know to what its cell says", () => {
    const op = { op: "someday" };
    const original = originalOf(`"k7q2wxe9mvt4zhr0pdyn"`, ["k7q2wxe9mvt4zhr0pdyn"]);
    const [part, whole] = [sampleOf(`"k7q2wxe9"`), sampleOf(`"k7q2wxe9mvt4zhr0pdyn"`)];
    expect(permits({ ops: [op], reveals: ["ALL"] }, original, whole)).toBe(true);
    expect(permits({ ops: [op], reveals: ["PRESENCE", "PARTIAL"] }, original, part)).toBe(true);
    expect(permits({ ops: [op], reveals: ["PRESENCE", "PARTIAL"] }, original, whole)).toBe(false);
    expect(permits({ ops: [op], reveals: ["PRESENCE", "EQUALITY"] }, original, part)).toBe(false);
  });

  it.each<[readonly Op[], Guise, number]>([
    [[], "word", EVERYTHING],
    [[{ op: "drop" }], "word", 0],
    [[{ op: "mask", keep: 4 }], "word", 4],
    [[{ op: "mask" }], "word", 0],
    [[{ op: "mask", length: 2 }], "word", EVERYTHING],
    [[{ op: "mask_email" }], "email", 1],
    [[{ op: "mask_email" }], "domain", EVERYTHING],
    [[{ op: "mask_email", mask_domain: true }], "domain", 0],
    [[{ op: "normalize" }, { op: "pseudonymize" }], "word", 0],
    [[{ op: "scrub_text" }], "word", EVERYTHING],
    [[{ op: "scrub_text" }], "email", 0],
    [[{ op: "scrub_text" }], "token", 0],
    [[{ op: "encrypt" }], "word", 0],
    [[{ op: "encrypt", consumer_may_decrypt: true }], "word", EVERYTHING],
  ])("says of %j how much of a %s may show", (ops, guise, shown) => {
    expect(shownOf(decided(...ops), guise)).toBe(shown);
  });

  it.each<[readonly Op[], string, string, boolean]>([
    [[], `"a"`, `"b"`, false],
    [[{ op: "drop" }], `"a"`, `"b"`, true],
    [[{ op: "constant", text: "x" }], `"a"`, `"b"`, true],
    [[{ op: "mask", keep: 2 }], `"abcdef"`, `"abxxxx"`, true],
    [[{ op: "mask", keep: 2 }], `"abcdef"`, `"abcdefg"`, false],
    [[{ op: "mask", keep: 2 }], `"abcdef"`, `"axcdef"`, false],
    [[{ op: "mask", keep: 2, reverse: true }], `"abcdef"`, `"xxxxef"`, true],
    [[{ op: "mask", length: 2, reverse: true }], `"abcdef"`, `"abcdxx"`, true],
    [[{ op: "mask", length: 2 }], `"abcdef"`, `"abcdxx"`, false],
    [[{ op: "truncate", length: 2 }], `"abc"`, `"abd"`, true],
    [[{ op: "truncate_ip" }], `"192.0.2.1"`, `"192.0.2.2"`, true],
    [[{ op: "truncate_ip" }], `"192.0.2.1"`, `"192.0.3.1"`, false],
    [[{ op: "generalize_time", unit: "HOUR" }], `"2026-08-20T09:34:56Z"`, `"2026-08-20T09:00:01Z"`, true],
    [[{ op: "generalize_time", unit: "HOUR" }], `"2026-08-20T09:34:56Z"`, `"2026-08-20T10:34:56Z"`, false],
    [[{ op: "bucket", bounds: [10] }], `11`, `12`, true],
    [[{ op: "bucket", bounds: [10] }], `9`, `12`, false],
    [[{ op: "mask_email" }], `"alice@x.org"`, `"anna@x.org"`, true],
    [[{ op: "mask_email" }], `"alice@x.org"`, `"bob@x.org"`, false],
    [[{ op: "pseudonymize" }], `"a"`, `"b"`, false],
    [[{ op: "normalize" }, { op: "mask" }], `"ab"`, `"cd"`, true],
  ])("says whether %j hides which of %s and %s it was", (ops, one, other, hidden) => {
    expect(hides(decided(...ops), sampleOf(one), sampleOf(other))).toBe(hidden);
  });

  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.ipV4(),
    fc.ipV6(),
    fc.emailAddress(),
    fc
      .array(fc.oneof(fc.emailAddress(), fc.ipV4(), fc.ipV6(), fc.webUrl(), fc.lorem()))
      .map((parts) => parts.join(" ")),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );
  const op = fc.oneof(
    fc.record({ op: fc.constant("mask"), keep: fc.integer({ min: 1, max: 8 }), reverse: fc.boolean() }),
    fc.record({ op: fc.constant("mask"), length: fc.integer({ min: 1, max: 12 }), reverse: fc.boolean() }),
    fc.record({ op: fc.constant("truncate"), length: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ op: fc.constant("truncate_ip"), ipv4_bits: fc.nat(32), ipv6_bits: fc.nat(128) }),
    fc.record({ op: fc.constant("mask_email"), keep: fc.nat(4), mask_domain: fc.boolean() }),
    fc.record({ op: fc.constant("generalize_time"), unit: fc.constantFrom("MINUTE", "HOUR", "DAY", "MONTH", "YEAR") }),
    fc.record({ op: fc.constant("scrub_text") }),
    fc.record({ op: fc.constant("normalize"), subject_id: fc.boolean() }),
  ) as fc.Arbitrary<Op>;

  it("permits whatever a transform that is right makes of any text", () => {
    fc.assert(
      fc.property(op, text, (treatment, value) => {
        const output = treat([treatment], value);
        if (output === undefined) return;
        const original = { kind: "string", text: value, canaries: [] as Canary[] } as const;
        const sample = { kind: output.kind, text: (output as { text: string }).text };
        expect(permits(decided(treatment), original, sample)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("calls no two texts alike that a transform tells apart", () => {
    fc.assert(
      fc.property(op, text, text, (treatment, one, other) => {
        const samples = [one, other].map((value): Sample => ({ kind: "string", text: value }));
        const outputs = [one, other].map((value) => treat([treatment], value));
        if (outputs.includes(undefined) || !hides(decided(treatment), samples[0]!, samples[1]!)) return;
        expect(outputs[0]).toEqual(outputs[1]);
      }),
      { numRuns: 2_000 },
    );
  });
});
