import { describe, expect, it } from "vitest";
import { type JsonValue, parseJson, writeJson } from "#json";
import type { Op, OpValue } from "#plan";
import { createTransformContext } from "#support/transform-context";
import { checkChain, checkOp, prepareChain } from "#transforms";
import { getTransform } from "./apply.ts";

const keeping = (...keys: readonly OpValue[]): Op => ({ op: "keep_keys", keys });

function keep(op: Op, input: string): string | undefined {
  const parsed = parseJson(input, { maxDepth: 64 }) as { readonly value: JsonValue };
  const result = prepareChain([op])(parsed.value, createTransformContext());
  return result && writeJson(result);
}

describe("keep_keys", () => {
  it.each([
    [
      "keeps what is named, in the order of the object",
      keeping({ name: "b" }, { name: "a" }),
      `{"a":1,"c":2,"b":true}`,
      `{"a":1,"b":true}`,
    ],
    ["keeps numbers as they were written", keeping({ name: "a" }), `{"a":1.0e3}`, `{"a":1.0e3}`],
    ["leaves an empty object where nothing is named", keeping({ name: "a" }), `{"b":1}`, `{}`],
    ["leaves null out", keeping({ name: "a" }), `{"a":null}`, `{}`],
    ["leaves an object inside out", keeping({ name: "a" }), `{"a":{"email":"alice@example.com"}}`, `{}`],
    [
      "leaves objects and arrays in an array out",
      keeping({ name: "a" }),
      `{"a":["x",{"b":1},["y"],null,2]}`,
      `{"a":["x",2]}`,
    ],
    ["treats a value", keeping({ name: "a", transforms: [{ mask: { keep: 1 } }] }), `{"a":"alice"}`, `{"a":"a****"}`],
    [
      "treats each item of an array",
      keeping({ name: "a", transforms: [{ mask_email: {} }] }),
      `{"a":["al@b.co",7]}`,
      `{"a":["a***@b.co"]}`,
    ],
    [
      "applies a chain in order",
      keeping({ name: "a", transforms: [{ normalize: {} }, { truncate: { length: 2 } }] }),
      `{"a":"ALICE"}`,
      `{"a":"al"}`,
    ],
    ["drops what a transform does not take", keeping({ name: "a", transforms: [{ mask: {} }] }), `{"a":{"b":1}}`, `{}`],
    [
      "keeps members of members",
      keeping({ name: "a", transforms: [{ keep_keys: { keys: [{ name: "b" }] } }] }),
      `{"a":{"b":1,"c":2}}`,
      `{"a":{"b":1}}`,
    ],
    [
      "replaces an object",
      keeping({ name: "a", transforms: [{ constant: { text: "x" } }] }),
      `{"a":{"b":1}}`,
      `{"a":"x"}`,
    ],
    ["knows no inherited names", keeping({ name: "toString" }, { name: "__proto__" }), `{"a":1}`, `{}`],
    [
      "keeps a member called __proto__",
      keeping({ name: "__proto__" }),
      `{"__proto__":1,"constructor":2}`,
      `{"__proto__":1}`,
    ],
  ])("%s", (_title, op, input, output) => {
    expect(keep(op, input)).toBe(output);
  });

  it.each([`"text"`, "1", "true", "null", `[{"a":1}]`])("leaves out what is no object: %s", (input) => {
    expect(keep(keeping({ name: "a" }), input)).toBeUndefined();
  });

  it.each([
    [keeping({ name: "a" }), ["ALL"]],
    [keeping({ name: "a", transforms: [{ normalize: {} }] }), ["ALL"]],
    [keeping({ name: "a", transforms: [{ mask: {} }] }, { name: "b" }), ["ALL"]],
    [keeping({ name: "a", transforms: [{ encrypt: { consumer_may_decrypt: true } }] }), ["ALL"]],
    [keeping({ name: "a", transforms: [{ mask: {} }] }), ["PRESENCE", "LENGTH", "PARTIAL"]],
    [
      keeping(
        { name: "a", transforms: [{ pseudonymize: {} }] },
        { name: "b", transforms: [{ constant: { text: "x" } }] },
      ),
      ["PRESENCE", "LENGTH", "EQUALITY", "PARTIAL"],
    ],
    [keeping({ name: "a", transforms: [{ drop: {} }] }), ["PRESENCE", "PARTIAL"]],
    [keeping({ name: "a", transforms: [{ keep_keys: { keys: [{ name: "b" }] } }] }), ["ALL"]],
  ])("%j reveals %j", (op, reveals) => {
    expect(getTransform("keep_keys").reveals(op)).toEqual(reveals);
  });

  it.each([
    [{ op: "keep_keys" }, "expected at least one key in keys, got none"],
    [{ op: "keep_keys", keys: "a" }, "expected keys to be a list of names with transforms, got a"],
    [keeping({}), "expected a name for each of keys, got none"],
    [keeping({ name: "a" }, { name: "a" }), "expected each of keys once, got a twice"],
    [keeping({ name: "a", transforms: [{ mask: { keep: 9 } }] }), "expected keep of 1 to 8, got 9 at the key a"],
    [
      keeping({ name: "a", transforms: [{ shred: {} }] }),
      "expected a transform of this version, got shred at the key a",
    ],
    [keeping({ name: "a", transforms: [{}] }), "expected a transform of this version, got an empty entry at the key a"],
    [
      keeping({ name: "a", transforms: [{ keep_keys: {} }] }),
      "expected at least one key in keys, got none at the key a",
    ],
  ] satisfies [Op, string][])("refuses %j", (op, message) => {
    expect(checkOp(getTransform("keep_keys"), op)).toEqual([message]);
  });

  it("is for open objects only", () => {
    expect(checkChain([keeping({ name: "a" })], { types: ["string"], kind: "EMAIL" })).toEqual([
      { at: 0, message: "expected a field of kind OPEN_OBJECT for keep_keys, got EMAIL" },
    ]);
  });
});
