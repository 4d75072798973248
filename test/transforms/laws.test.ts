import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isReadable, type JsonValue, writeJson } from "#json";
import { REVEALS } from "#plan";
import { createTransformContext } from "#support/transform-context";
import { prepareChain, TRANSFORMS, type TransformContext } from "#transforms";
import { accepted, ops, values } from "./arbitraries.ts";
import { apply, equallyLong, expectLaw } from "./laws.ts";

const all = [...TRANSFORMS.values()];

describe.each(all)("$name", (transform) => {
  it("tells no more than it says it reveals", () => {
    const two = fc.constantFrom(...transform.accepts).chain(equallyLong);
    fc.assert(
      fc.property(ops(transform), two, (op, values) => {
        expectLaw(transform.reveals(op), [op], values);
      }),
      { numRuns: 300 },
    );
  });

  it("lists what it reveals in order and once", () => {
    fc.assert(
      fc.property(ops(transform), (op) => {
        const reveals = transform.reveals(op);
        expect(reveals).toEqual(REVEALS.filter((reveal) => reveals.includes(reveal)));
      }),
    );
  });

  it("never changes its input", () => {
    fc.assert(
      fc.property(ops(transform), accepted(transform), (op, value) => {
        const before = writeJson(value);
        apply([op], deepFreeze(value));
        expect(writeJson(value)).toBe(before);
      }),
    );
  });

  it("leaves the JSON type it declares, or nothing", () => {
    fc.assert(
      fc.property(ops(transform), accepted(transform), (op, value) => {
        const yields = transform.yields(op);
        const expected = { same: value.kind, none: undefined }[yields as string] ?? yields;
        expect([yields === "none" ? undefined : expected, undefined]).toContain(apply([op], value)?.kind);
      }),
    );
  });

  it("makes no half of a surrogate pair", () => {
    fc.assert(
      fc.property(ops(transform), accepted(transform).filter(isReadable), (op, value) => {
        const result = apply([op], value);
        expect(result === undefined || isReadable(result)).toBe(true);
      }),
    );
  });

  it("gives the same result for the same value and context", () => {
    fc.assert(
      fc.property(ops(transform), accepted(transform), (op, value) => {
        expect(apply([op], value)).toEqual(apply([op], structuredClone(value)));
      }),
    );
  });

  it("draws from its context what it says it uses", () => {
    const used = new Set<string>();
    fc.assert(
      fc.property(ops(transform), accepted(transform), (op, value) => {
        prepareChain([op])(value, watch(used));
      }),
      // What a transform says it uses must be seen at least once: many cases, and the same ones each time.
      { numRuns: 3_000, seed: 1 },
    );
    expect([...used].sort()).toEqual(transform.uses.map((use) => (use === "clock" ? "nowMs" : use)).sort());
  });
});

describe.each(all.filter(({ resultLength }) => resultLength !== "tells"))("$name", (transform) => {
  it("leaves equally long what was equally long", () => {
    const two = fc.constantFrom(...transform.accepts).chain(equallyLong);
    fc.assert(
      fc.property(ops(transform), two, (op, [one, other]) => {
        const lengths = [one, other].flatMap((value) => apply([op], value) ?? []).map((left) => writeJson(left).length);
        expect(lengths.every((length) => length === lengths[0])).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe.each(all.filter(({ accepts }) => accepts.length < Object.keys(values).length))("$name", (transform) => {
  it("drops what it does not take", () => {
    fc.assert(
      fc.property(ops(transform), fc.oneof(...Object.values(values)), (op, value) => {
        fc.pre(!transform.accepts.includes(value.kind));
        expect(apply([op], value)).toBeUndefined();
      }),
    );
  });
});

/** A context that notes what is read of it. */
function watch(used: Set<string>): TransformContext {
  return new Proxy(createTransformContext(), {
    get(target, name, receiver) {
      used.add(String(name));
      return name === "inside" ? () => watch(used) : Reflect.get(target, name, receiver);
    },
  });
}

function deepFreeze(value: JsonValue): JsonValue {
  if (value.kind === "array") value.items.forEach(deepFreeze);
  if (value.kind === "object") for (const member of value.members) deepFreeze(Object.freeze(member).value);
  for (const inner of Object.values(value)) Object.freeze(inner);
  return Object.freeze(value);
}
