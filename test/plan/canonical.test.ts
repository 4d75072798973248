import canonicalizeModule from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalBytes } from "#plan";

// The package's types say an ES module; at run time it is a function.
const canonicalize = canonicalizeModule as unknown as (input: unknown) => string;
const text = (data: unknown) => new TextDecoder().decode(canonicalBytes(data));

describe("canonicalBytes", () => {
  it.each([
    [
      "sorts members by UTF-16 code units",
      { "\u20ac": 1, "\r": 2, "\ud83d\ude00": 3, "\ufb33": 4, "1": 5 },
      '{"\\r":2,"1":5,"\u20ac":1,"\ud83d\ude00":3,"\ufb33":4}',
    ],
    ["writes numbers as ECMAScript does", [1e21, 1e30, 4.5, 2e-3, -0, 1e-7], "[1e+21,1e+30,4.5,0.002,0,1e-7]"],
    ["keeps the order of lists", [3, [2, 1], null, true], "[3,[2,1],null,true]"],
    ["leaves undefined members out", { a: undefined, b: {} }, '{"b":{}}'],
    ["takes __proto__ as a name", JSON.parse('{"__proto__":1,"a":2}'), '{"__proto__":1,"a":2}'],
  ])("%s", (_title, data, expected) => {
    expect(text(data)).toBe(expected);
  });

  it("agrees with an independent implementation", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        expect(text(data)).toBe(canonicalize(data));
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %s", (number) => {
    expect(() => canonicalBytes([number])).toThrow(new TypeError("expected a finite number, got another"));
  });
});
