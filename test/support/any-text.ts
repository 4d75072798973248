import fc from "fast-check";

/** Names that every object of JavaScript answers to. */
const INHERITED = ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "key", "length", "\0"];

const codePoints = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 0x7f }), weight: 3 },
  { arbitrary: fc.integer({ min: 0, max: 0xd7ff }), weight: 3 },
  { arbitrary: fc.integer({ min: 0xe000, max: 0x10ffff }), weight: 3 },
);

/** Any well-formed Unicode text. Unlike fast-check's `binary` unit it indexes no million code points before the first run. */
export function anyText({ maxLength }: { readonly maxLength: number }): fc.Arbitrary<string> {
  const drawn = fc.array(codePoints, { maxLength }).map((points) => String.fromCodePoint(...points));
  const inherited = INHERITED.filter(({ length }) => length <= maxLength);
  return fc.oneof({ arbitrary: drawn, weight: 15 }, { arbitrary: fc.constantFrom("", ...inherited), weight: 1 });
}
