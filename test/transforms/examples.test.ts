import { describe, expect, it } from "vitest";
import { parseJson, writeJson } from "#json";
import { createTransformContext } from "#support/transform-context";
import { checkChain, prepareChain, TRANSFORMS } from "#transforms";

const KEYED = `"<keyed>"`;

const examples = [...TRANSFORMS.values()].flatMap((transform) =>
  transform.examples.map((example) => ({ name: transform.name, transform, ...example })),
);

describe("the documented examples", () => {
  it.each(examples)("$name $title", ({ op, input, output }) => {
    expect(apply(op, input)).toBe(output === KEYED ? apply(op, input) : output);
  });

  it.each(examples.filter(({ output }) => output === KEYED))("$name: $title depends on the key", ({ op, input }) => {
    expect(apply(op, input, "one")).not.toBe(apply(op, input, "other"));
  });

  it.each(examples)(
    "$name: $title is a valid op for its field",
    ({ transform, op, input, kind = transform.forKinds?.[0] }) => {
      expect(checkChain([op], { types: [parse(input).kind], kind: kind ?? "OTHER" })).toEqual([]);
    },
  );

  it.each([...TRANSFORMS.values()])("$name has some, each with a title of its own", ({ examples: own }) => {
    expect(own.length).toBeGreaterThan(1);
    expect(new Set(own.map(({ title }) => title)).size).toBe(own.length);
  });

  function apply(op: (typeof examples)[number]["op"], input: string, seed = ""): string | undefined {
    const result = prepareChain([op])(parse(input), createTransformContext({ seed }));
    return result && writeJson(result);
  }

  function parse(text: string) {
    const parsed = parseJson(text, { maxDepth: 64 });
    if ("problem" in parsed) throw new Error(`expected an example in JSON, got ${parsed.problem}`);
    return parsed.value;
  }
});
