import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson, writeJson } from "#json";
import { jsonText } from "#support/json-text";

describe("writeJson", () => {
  it.each([
    ["drops the space between tokens", ' { "a" : [ 1 , true , null ] } ', '{"a":[1,true,null]}'],
    ["keeps number text", "[-0,1e400,1.0,12345678901234567890]", "[-0,1e400,1.0,12345678901234567890]"],
    ["keeps the order of names that look like indexes", '{"b":1,"10":2,"2":3}', '{"b":1,"10":2,"2":3}'],
    ["keeps __proto__", '{"__proto__":{"a":1}}', '{"__proto__":{"a":1}}'],
    ["resolves escapes that are not needed", '"\\u0061\\/\\u00e9"', '"a/é"'],
    ["escapes what JSON.stringify escapes", '"\\u0000\\"\\\\\\u2028\\n"', '"\\u0000\\"\\\\\u2028\\n"'],
    ["keeps a lone surrogate escaped", '{"\\uD800":"\\udfff"}', '{"\\ud800":"\\udfff"}'],
    ["writes empty containers", "[ { } , [ ] ]", "[{},[]]"],
  ])("%s", (_, text, expected) => {
    expect(rewritten(text)).toBe(expected);
  });

  it("writes what reads the same, once and for all", () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        fc.pre("value" in parseJson(text, { maxDepth: 64 }));
        const once = rewritten(text);
        expect(JSON.parse(once)).toEqual(JSON.parse(text));
        expect(rewritten(once)).toBe(once);
      }),
    );
  });
});

function rewritten(text: string): string {
  const result = parseJson(text, { maxDepth: 64 });
  if ("problem" in result) throw new Error(result.problem);
  return writeJson(result.value);
}
