import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divideJson, type JsonValue, joinPieces, parseJson, readPieces, writeJson, writePieces } from "#json";

const jsonOf = (text: string): JsonValue => {
  const parsed = parseJson(text, { maxDepth: 100 });
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed.value;
};

/** Strings are owned by their first letter; everything else is nobody's. */
const divide = (value: JsonValue) =>
  divideJson(value, (each) => (each.kind === "string" ? each.text.slice(0, 1) || undefined : undefined), "nobody");
const written = (text: string) =>
  Object.fromEntries([...divide(jsonOf(text))].map(([owner, pieces]) => [owner, writeJson(writePieces(pieces))]));

describe("a value that is divided", () => {
  it.each([
    ["is one piece where it has one owner", '{"a":"ax","b":["ay"]}', { a: '[[[],{"a":"ax","b":["ay"]}]]' }],
    ["is nobody's where there is nothing inside", '{"a":{},"b":[]}', { nobody: '[[[],{"a":{},"b":[]}]]' }],
    [
      "goes in as few pieces as there can be",
      '{"x":{"y":["a1","a2"],"z":"b1"},"n":1}',
      { a: '[[[[0,"x"],[0,"y"]],["a1","a2"]]]', b: '[[[[0,"x"],[1,"z"]],"b1"]]', nobody: '[[[[1,"n"]],1]]' },
    ],
    ["knows items by their position", '["a1","b1","a2"]', { a: '[[[[0]],"a1"],[[[2]],"a2"]]', b: '[[[[1]],"b1"]]' }],
  ])("%s", (_, text, expected) => {
    expect(written(text)).toEqual(expected);
  });

  it("is put together again, in any order of its pieces, and without those that are missing", () => {
    const pieces = [...divide(jsonOf('{"x":["a1",{"p":"b1","q":"a2"},7],"":"b2"}')).values()].flat().reverse();
    expect(writeJson(joinPieces(pieces) ?? { kind: "null" })).toBe('{"x":["a1",{"p":"b1","q":"a2"},7],"":"b2"}');
    const left = pieces.filter(({ value }) => !(value.kind === "string" && value.text.startsWith("a")));
    expect(writeJson(joinPieces(left) ?? { kind: "null" })).toBe('{"x":[{"p":"b1"},7],"":"b2"}');
    expect(joinPieces([])).toBeUndefined();
  });

  it("loses nothing", () => {
    const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(json, (text) => {
        const pieces = [...divide(jsonOf(text)).values()].flat();
        const read = readPieces(jsonOf(writeJson(writePieces(pieces))));
        expect(writeJson(joinPieces(read) ?? { kind: "null" })).toBe(writeJson(jsonOf(text)));
      }),
      { numRuns: 200 },
    );
  });
});
