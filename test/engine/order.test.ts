import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StateOrder, writeOrder } from "../../lib/engine/order.ts";

const moment = fc.record({ ms: fc.nat({ max: 253_402_387_199_999 }), us: fc.nat({ max: 999 }) });
const order: fc.Arbitrary<StateOrder> = fc.record({
  life: fc.oneof(moment, fc.constant({ ms: 5, us: 0 })),
  deleted: fc.boolean(),
  own: fc.oneof(moment, fc.constant({ ms: 5, us: 1 })),
  event: fc.oneof(moment, fc.constant({ ms: 5, us: 2 })),
  created: fc.boolean(),
  tie: fc.constantFrom("a", "b"),
});

/** What decides, the first first; numbers compare as they are. */
function rank({ life, deleted, own, event, created, tie }: StateOrder): readonly number[] {
  const times = [life.ms, life.us, Number(deleted), own.ms, own.us, event.ms, event.us];
  return [...times, Number(!created), tie.charCodeAt(0)];
}

function compare(one: readonly number[], other: readonly number[]): number {
  return Math.sign(one.map((number, at) => number - (other[at] ?? 0)).find((difference) => difference !== 0) ?? 0);
}

describe("the order of states, as a string", () => {
  it("compares as what it is made of", () => {
    fc.assert(
      fc.property(order, order, (one, other) => {
        const [left, right] = [writeOrder(one), writeOrder(other)];
        expect(Number(left > right) - Number(left < right)).toBe(compare(rank(one), rank(other)));
      }),
    );
  });

  it("is ASCII of one width", () => {
    fc.assert(
      fc.property(order, (each) => {
        expect(writeOrder(each)).toMatch(/^\d{18}\.[01]\.\d{18}\.\d{18}\.[01]\.[ab]$/);
      }),
    );
  });

  it("is written as it was", () => {
    const at = (ms: number, us = 0) => ({ ms, us });
    const state = { life: at(1), deleted: true, own: at(1_785_500_000_123, 456), event: at(-1), created: false };
    expect(writeOrder({ ...state, tie: "t" })).toBe("000000000000001000.1.001785500000123456.000000000000000000.1.t");
  });
});
