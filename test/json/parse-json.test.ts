import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonValue, parseJson } from "#json";
import { anyText } from "#support/any-text";
import { jsonText } from "#support/json-text";

const OPTIONS = { maxDepth: 64 };

describe("parseJson", () => {
  it.each([
    ["an unclosed object", '{"a":1'],
    ["nothing", ""],
    ["space alone", "  \n"],
    ["a byte order mark", "\ufeff{}"],
    ["a trailing comma", "[1,]"],
    ["two values", "{} {}"],
    ["a leading zero", "01"],
    ["a bare word", "nul"],
    ["a raw control character", '"\u0001"'],
    ["a bad escape", '"\\x"'],
    ["single quotes", "{'a':1}"],
    ["a no-break space", "\u00a0{}"],
    ["not a number", "NaN"],
    ["brackets closed before they open", `${"]".repeat(9)}${"[".repeat(70)}`],
  ])("refuses %s", (_, text) => {
    expect(parseJson(text, OPTIONS)).toEqual({ problem: "INVALID_JSON" });
  });

  it.each([
    ["written alike", '{"a":1,"b":2,"a":1}'],
    ["written differently", '{"a":1,"\\u0061":2}'],
    ["in an inner object", '{"x":[{"y":{"k":1,"k":null}}]}'],
    ["among many", `{${Array.from({ length: 20 }, (_, n) => `"k${n}":0`).join()},"k7":0}`],
    ["that look like a prototype", '{"__proto__":1,"__proto__":2}'],
    ["that are lone surrogates", '{"\\ud800":1,"\\uD800":2}'],
  ])("refuses repeated names %s", (_, text) => {
    expect(parseJson(text, OPTIONS)).toEqual({ problem: "DUPLICATE_KEY" });
  });

  it("tells names apart that only look alike", () => {
    expect(parseJson('{"é":1,"e\u0301":2,"A":3,"a":4}', OPTIONS)).toHaveProperty("value");
  });

  it.each([
    ["arrays", 64, `${"[".repeat(64)}${"]".repeat(64)}`, false],
    ["arrays", 65, `${"[".repeat(65)}${"]".repeat(65)}`, true],
    ["objects", 64, `${'{"a":'.repeat(64)}0${"}".repeat(64)}`, false],
    ["objects", 65, `${'{"a":'.repeat(65)}0${"}".repeat(65)}`, true],
    ["brackets in a string", 65, `"${"[".repeat(65)}"`, false],
    ["brackets behind an escaped quote", 65, `"\\"${"[".repeat(65)}"`, false],
    ["brackets beside each other", 65, `[${"[],".repeat(65)}[]]`, false],
    ["a million unclosed brackets", 1_000_000, "[".repeat(1_000_000), true],
  ])("%s nested %i deep: too deep is %4$s", (_, _depth, text, tooDeep) => {
    expect("problem" in parseJson(text, OPTIONS)).toBe(tooDeep);
    if (tooDeep) expect(parseJson(text, OPTIONS)).toEqual({ problem: "TOO_DEEP" });
  });

  it("keeps number text, member order and names as they are", () => {
    const text = '{"b":-0,"10":1e400,"2":12345678901234567890,"__proto__":[1.0,1E+2],"\\u0061":null}';
    expect(parsed(text)).toMatchObject({
      kind: "object",
      members: [
        { name: "b", value: { kind: "number", text: "-0" } },
        { name: "10", value: { kind: "number", text: "1e400" } },
        { name: "2", value: { kind: "number", text: "12345678901234567890" } },
        { name: "__proto__", value: { kind: "array", items: [{ text: "1.0" }, { text: "1E+2" }] } },
        { name: "a", value: { kind: "null" } },
      ],
    });
  });

  it("gives the span of every object and array, so that they can be cut out as received", () => {
    const text = ' {"detail" : { "é": [ 1 , "\\u0041" ] } } ';
    const root = parsed(text);
    expect(spans(root).map(({ start, end }) => text.slice(start, end))).toEqual([
      '{"detail" : { "é": [ 1 , "\\u0041" ] } }',
      '{ "é": [ 1 , "\\u0041" ] }',
      '[ 1 , "\\u0041" ]',
    ]);
  });

  it("reads what JSON.parse reads, for any JSON text", () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        const result = parseJson(text, OPTIONS);
        fc.pre("value" in result);
        expect(toJavaScript("value" in result ? result.value : { kind: "null" })).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it("accepts what JSON.parse accepts, for any damaged text", () => {
    const damaged = fc.tuple(jsonText, fc.nat(), fc.nat(3), anyText({ maxLength: 2 }));
    fc.assert(
      fc.property(damaged, ([text, at, length, insert]) => {
        const start = at % (text.length + 1);
        const broken = text.slice(0, start) + insert + text.slice(start + length);
        const { problem } = { problem: undefined, ...parseJson(broken, OPTIONS) };
        expect(problem !== "INVALID_JSON").toBe(isJson(broken));
      }),
      { numRuns: 1000 },
    );
  });
});

function parsed(text: string): JsonValue {
  const result = parseJson(text, OPTIONS);
  if ("problem" in result) throw new Error(result.problem);
  return result.value;
}

function spans(value: JsonValue): readonly { start: number; end: number }[] {
  if (value.kind === "object") return [value.span!, ...value.members.flatMap((member) => spans(member.value))];
  return value.kind === "array" ? [value.span!, ...value.items.flatMap(spans)] : [];
}

function toJavaScript(value: JsonValue): unknown {
  switch (value.kind) {
    case "object": {
      const object = {};
      for (const { name, value: inner } of value.members) {
        Object.defineProperty(object, name, { value: toJavaScript(inner), enumerable: true, configurable: true });
      }
      return object;
    }
    case "array":
      return value.items.map(toJavaScript);
    case "number":
      return Number(value.text);
    case "string":
      return value.text;
    case "boolean":
      return value.value;
    case "null":
      return null;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
