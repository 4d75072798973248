import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Kind, Op } from "#plan";
import { createTransformContext } from "#support/transform-context";
import { checkChain, prepareChain, revealsOfChain, TRANSFORMS, type Transform } from "#transforms";
import { accepted, ops } from "./arbitraries.ts";
import { apply, equallyLong, expectLaw, strength } from "./laws.ts";

const all = [...TRANSFORMS.values()];
const pairs = all.flatMap((first) => all.map((second) => ({ first, second, title: `${first.name}, ${second.name}` })));

describe.each(pairs)("the chain $title", ({ first, second }) => {
  const chain = fc.tuple(ops(first), ops(second));

  it("reveals nothing stronger than both do, unless by length", () => {
    fc.assert(
      fc.property(chain, ([a, b]) => {
        const [one, other] = [strength(first.reveals(a)), strength(second.reveals(b))];
        const isToldByLength = first.resultLength === "tells" && second.reveals(b).includes("LENGTH");
        const most = isToldByLength ? strength(["ALL"]) : Math.max(one, other);
        // A part and a range are told by each other: neither is the stronger one.
        const bound = Math.min(one, other) < strength(["PRECISION"]) ? Math.min(one, other) : strength(["PARTIAL"]);
        const isAll = one === other;
        expect(strength(revealsOfChain([a, b]))).toBeLessThanOrEqual(isToldByLength || isAll ? most : bound);
      }),
      { numRuns: 30 },
    );
  });

  it("gives the second what the first leaves", () => {
    fc.assert(
      fc.property(chain, accepted(first), ([a, b], value) => {
        const context = createTransformContext();
        const left = prepareChain([a])(value, context);
        expect(apply([a, b], value)).toEqual(left && prepareChain([b])(left, context));
      }),
      { numRuns: 30 },
    );
  });

  it("tells no more than it says it reveals", () => {
    const two = fc.constantFrom(...first.accepts).chain(equallyLong);
    fc.assert(
      fc.property(chain, two, (ops, values) => {
        const field = { types: [values[0].kind], kind: kindFor(first, second) };
        if (checkChain(ops, field).length === 0) expectLaw(revealsOfChain(ops), ops, values);
      }),
      { numRuns: 60 },
    );
  });
});

describe("revealsOfChain", () => {
  const whole: Op = { op: "mask" };

  it.each<{ title: string; chain: Op[]; reveals: string[] }>([
    { title: "a kept value reveals everything", chain: [], reveals: ["ALL"] },
    { title: "a dropped value reveals nothing", chain: [{ op: "drop" }], reveals: [] },
    { title: "one transform reveals what it says", chain: [whole], reveals: ["PRESENCE", "LENGTH"] },
    { title: "a weaker one later counts", chain: [{ op: "normalize" }, whole], reveals: ["PRESENCE", "LENGTH"] },
    { title: "a stronger one later does not", chain: [whole, { op: "normalize" }], reveals: ["PRESENCE", "LENGTH"] },
    {
      title: "of two alike the first counts",
      chain: [{ op: "mask", keep: 4 }, { op: "mask_email" }],
      reveals: ["PRESENCE", "LENGTH", "PARTIAL"],
    },
    {
      title: "a constant hides what was there",
      chain: [
        { op: "truncate", length: 2 },
        { op: "constant", text: "x" },
      ],
      reveals: ["PRESENCE"],
    },
  ])("$title", ({ chain, reveals }) => {
    expect(revealsOfChain(chain)).toEqual(reveals);
  });

  it("refuses a transform that does not exist", () => {
    expect(() => revealsOfChain([{ op: "constructor" }])).toThrow(
      new RangeError(`expected a transform (${[...TRANSFORMS.keys()].join(", ")}), got constructor`),
    );
  });
});

describe("prepareChain", () => {
  it("keeps the very value when there is nothing to do", () => {
    const value = { kind: "object", members: [] } as const;
    expect(apply([], value)).toBe(value);
  });

  it("refuses parameters that no compiler lets through", () => {
    expect(() => prepareChain([{ op: "mask", keep: 9 }])).toThrow(
      new RangeError("expected keep of 1 to 8, got 9 in mask"),
    );
  });

  it("applies nothing behind a dropped value", () => {
    const chain: Op[] = [{ op: "drop" }, { op: "constant", text: "x" }];
    expect(apply(chain, { kind: "string", text: "alice" })).toBeUndefined();
  });
});

function kindFor(...chain: readonly Transform[]): Kind {
  return chain.flatMap(({ forKinds }) => forKinds ?? [])[0] ?? "OTHER";
}
