import fc from "fast-check";

/** Names that code which trusts objects trips over, and names that parsers reorder or confuse. */
export const AWKWARD_NAMES = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "0",
  "10",
  "2",
  "",
  "é",
  "\u{1f600}",
  "\ud83d",
];

/** Numbers that JavaScript cannot hold or would write otherwise. */
export const AWKWARD_NUMBERS = ["-0", "0", "1e400", "12345678901234567890", "1.0", "1E+2", "-1.50e-7", "0.1e1"];

const codePoint = fc.string({ unit: "binary", minLength: 1, maxLength: 1 });
const halfPair = fc.constantFrom("\ud83d", "\ude00");
const space = fc.constantFrom("", "", "", " ", "\n", "\t ");

/** A JSON string literal, with characters escaped that need not be. */
export const stringText = fc
  .array(
    fc.tuple(fc.string({ unit: fc.oneof({ weight: 30, arbitrary: codePoint }, halfPair), maxLength: 3 }), fc.boolean()),
    { maxLength: 4 },
  )
  .map((parts) => `"${parts.map(([text, escaped]) => (escaped ? escapeAll(text) : inner(text))).join("")}"`);

const nameText = fc.oneof(
  fc.constantFrom(...AWKWARD_NAMES).map((name) => JSON.stringify(name)),
  stringText,
);

const numberText = fc.oneof(
  fc.constantFrom(...AWKWARD_NUMBERS),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
);

const scalarText = fc.oneof(stringText, numberText, fc.constantFrom("true", "false", "null"));

/** Valid JSON texts as machines and people may write them: spaces, escapes, any number, repeated names now and then. */
export const jsonText = fc.letrec<{ value: string; array: string; object: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 5, withCrossShrink: true }, scalarText, tie("array"), tie("object")),
  array: fc
    .tuple(fc.array(spaced(tie("value")), { maxLength: 5 }), space)
    .map(([items, end]) => `[${items.join(",")}${end}]`),
  object: fc
    .tuple(fc.array(fc.tuple(spaced(nameText), spaced(tie("value"))), { maxLength: 6 }), space)
    .map(([members, end]) => `{${members.map((member) => member.join(":")).join(",")}${end}}`),
})).value;

function spaced(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(space, text, space).map((parts) => parts.join(""));
}

function inner(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escapeAll(text: string): string {
  return Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`).join(
    "",
  );
}
