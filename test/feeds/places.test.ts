import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ByteRange, depthOf, itemsOf, membersOf, rootOf, textAt, trimSpace } from "../../lib/feeds/places.ts";

const INDENTS = [undefined, 0, 1, "\t", " \r\n "];

describe("places", () => {
  it("find in any JSON text what JSON.parse finds", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...INDENTS), (value, indent) => {
        const bytes = Buffer.from(JSON.stringify(value, undefined, indent));
        expect(rebuild(bytes, rootOf(bytes))).toEqual(JSON.parse(bytes.toString()));
      }),
    );
  });

  it("decode escapes in names and strings", () => {
    const bytes = Buffer.from(String.raw`{"e\u006dail": "\"\\\ud83d\ude00é"}`);
    expect(rebuild(bytes, rootOf(bytes))).toEqual({ email: '"\\😀é' });
  });

  it("keep repeated names and number text", () => {
    const bytes = Buffer.from('{"a":1.0,"a":1e400}');
    const members = membersOf(bytes, rootOf(bytes)).map(({ name, place }) => [name, textAt(bytes, place)]);
    expect(members).toEqual([
      ["a", "1.0"],
      ["a", "1e400"],
    ]);
  });

  it("stop at too many items", () => {
    const bytes = Buffer.from("[1,2,3]");
    expect(itemsOf(bytes, rootOf(bytes), 3)).toHaveLength(3);
    expect(itemsOf(bytes, rootOf(bytes), 2)).toHaveLength(2);
  });
});

describe("trimSpace", () => {
  it("cuts off the space around a text", () => {
    expect(Buffer.from(trimSpace(Buffer.from("\r\n {} \t"))).toString()).toBe("{}");
    expect(trimSpace(Buffer.from("  "))).toHaveLength(0);
  });

  it("returns the same array where there is none", () => {
    const bytes = Buffer.from("{}");
    expect(trimSpace(bytes)).toBe(bytes);
  });
});

describe("depthOf", () => {
  it.each([
    ["1", 0],
    ["[]", 1],
    ['{"a":[{}],"b":{}}', 3],
    ['"[[["', 0],
    [String.raw`["\"[[["]`, 1],
    ["[[[", 3],
    ['["', 1],
    ["]]]]]", 0],
    ["", 0],
  ])("of %s is %d", (text, want) => {
    expect(depthOf(Buffer.from(text))).toBe(want);
  });
});

/** Makes a JavaScript value of what stands at a place, by way of places alone. */
function rebuild(bytes: Buffer, place: ByteRange): unknown {
  if (place.kind === "array") return itemsOf(bytes, place, 1e9).map((item) => rebuild(bytes, item));
  if (place.kind === "string") return textAt(bytes, place);
  if (place.kind !== "object") return JSON.parse(textAt(bytes, place));
  const entries = membersOf(bytes, place).map(({ name, place: inner }) => [name, rebuild(bytes, inner)] as const);
  return Object.fromEntries(entries);
}
