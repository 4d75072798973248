import { describe, expect, it } from "vitest";
import type { JsonValue } from "#json";
import { type Kind, type Op, REVEALS, type Reveal } from "#plan";
import { checkChain, revealsOfChain, TRANSFORMS } from "#transforms";
import { type Derived, deriveFacts } from "./derive-facts.ts";

/** Each transform as policies use it, and with the loosest bounds it takes. */
const OPS: readonly { readonly op: Op; readonly reveals: readonly Reveal[] }[] = [
  { op: { op: "mask" }, reveals: ["PRESENCE", "LENGTH"] },
  { op: { op: "mask", keep: 4 }, reveals: ["PRESENCE", "LENGTH", "PARTIAL"] },
  { op: { op: "mask", keep: 8, reverse: true }, reveals: ["PRESENCE", "LENGTH", "PARTIAL"] },
  { op: { op: "mask", length: 2 }, reveals: ["ALL"] },
  { op: { op: "drop" }, reveals: [] },
  { op: { op: "constant", text: "c" }, reveals: ["PRESENCE"] },
  { op: { op: "truncate", length: 6 }, reveals: ["ALL"] },
  { op: { op: "truncate_ip" }, reveals: ["PRESENCE", "PRECISION"] },
  { op: { op: "truncate_ip", ipv4_bits: 31 }, reveals: ["ALL"] },
  { op: { op: "truncate_ip", ipv6_bits: 64 }, reveals: ["ALL"] },
  { op: { op: "pseudonymize" }, reveals: ["PRESENCE", "EQUALITY"] },
  { op: { op: "encrypt" }, reveals: ["PRESENCE", "LENGTH"] },
  { op: { op: "mask_email" }, reveals: ["PRESENCE", "PARTIAL"] },
  { op: { op: "mask_email", keep: 4, mask_domain: true }, reveals: ["PRESENCE", "PARTIAL"] },
  { op: { op: "generalize_time", unit: "MINUTE" }, reveals: ["PRESENCE", "PRECISION"] },
  { op: { op: "bucket", bounds: [10, 50, 100] }, reveals: ["PRESENCE", "PRECISION"] },
  { op: { op: "bucket", bounds: [10, 11, 12, 13] }, reveals: ["ALL"] },
  { op: { op: "normalize" }, reveals: ["ALL"] },
  { op: { op: "scrub_text" }, reveals: ["ALL"] },
];

describe("what is derived from results", () => {
  it.each(OPS)("is what $op declares", ({ op, reveals }) => {
    expect(revealsOfChain([op])).toEqual(reveals);
    const derived = deriveFacts([op]);
    expect(missing([op], derived)).toEqual([]);
    // The end of a value that shows may be a finest step.
    const shown = derived.map((facts) => facts.find((fact) => reveals.includes(fact)));
    expect(strongest(shown)).toBe(strongest(reveals));
  });

  it.each(OPS)("is declared of $op before and behind any other", ({ op }) => {
    const pairs = OPS.map(({ op: other }) => [op, other]).filter(compiles);
    expect(pairs.flatMap((pair) => missing(pair, deriveFacts(pair)))).toEqual([]);
  });

  it.each(OPS)("is declared of $op in keep_keys, alone and before a mask or token", ({ op }) => {
    const chains = [[], [{ op: "mask" }], [{ op: "mask", keep: 4 }], [{ op: "pseudonymize" }]]
      .map((others) => [op, ...others])
      .filter(compiles)
      .map((chain) => [keeping(chain)]);
    expect(chains.flatMap((chain) => missing(chain, deriveFacts(chain, wrap)))).toEqual([]);
  });

  it("is declared where keep_keys are in each other", () => {
    const chain = [keeping([keeping([{ op: "pseudonymize" }])])];
    expect(revealsOfChain(chain)).toEqual(["PRESENCE", "LENGTH", "EQUALITY", "PARTIAL"]);
    expect(
      missing(
        chain,
        deriveFacts(chain, (value) => wrap(wrap(value))),
      ),
    ).toEqual([]);
  });
});

/** What was derived and is not declared. */
function missing(ops: readonly Op[], derived: Derived): readonly string[] {
  const declared = revealsOfChain(ops);
  const isDeclared = (facts: readonly Reveal[]) => facts.some((fact) => declared.includes(fact));
  const others = derived.filter((facts) => !declared.includes("ALL") && !isDeclared(facts));
  return others.map((facts) => `${JSON.stringify(ops)} shows ${facts.join(" or ")}, declares ${declared.join(" ")}`);
}

/** A part and a range are equally strong. */
function strongest(reveals: readonly (Reveal | undefined)[]): Reveal | undefined {
  const known = reveals.filter((reveal) => reveal !== undefined);
  const place = Math.max(-1, ...known.map((reveal) => REVEALS.indexOf(reveal === "PRECISION" ? "PARTIAL" : reveal)));
  return place < 1 ? undefined : REVEALS[place];
}

function compiles(ops: readonly Op[]): boolean {
  const kind: Kind = ops.flatMap(({ op }) => TRANSFORMS.get(op)?.forKinds ?? [])[0] ?? "OTHER";
  return (["string", "number"] as const).some((type) => checkChain(ops, { types: [type], kind }).length === 0);
}

/** As policies write it: `{ mask: { keep: 4 } }`. */
function keeping(chain: readonly Op[]): Op {
  return {
    op: "keep_keys",
    keys: [{ name: "a", transforms: chain.map(({ op, ...parameters }) => ({ [op]: parameters })) }],
  };
}

function wrap(value: JsonValue): JsonValue {
  return { kind: "object", members: [{ name: "a", value }] };
}
