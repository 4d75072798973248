import { describe, expect, it } from "vitest";
import { getMember, getPath, type JsonObject, parseJson } from "#json";

const root = parseObject('{"a":{"b":[{"c":1}],"n":null},"":0}');

describe("getMember", () => {
  it("finds a member, whatever its name", () => {
    expect(getMember(root, "")).toEqual({ kind: "number", text: "0" });
  });

  it.each(["__proto__", "constructor", "toString"])("finds no %s that the text does not hold", (name) => {
    expect(getMember(root, name)).toBeUndefined();
  });
});

describe("getPath", () => {
  it.each([
    ["the value itself", [], "object"],
    ["an inner value", ["a", "n"], "null"],
    ["nothing where a step is missing", ["a", "x", "b"], undefined],
    ["nothing behind an array", ["a", "b", "c"], undefined],
    ["nothing in an array by index", ["a", "b", "0"], undefined],
  ])("finds %s", (_, path, kind) => {
    expect(getPath(root, path)?.kind).toBe(kind);
  });
});

function parseObject(text: string): JsonObject {
  const result = parseJson(text, { maxDepth: 64 });
  if ("problem" in result || result.value.kind !== "object") throw new Error("expected an object");
  return result.value;
}
