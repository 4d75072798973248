import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalSubjectId } from "#plan";
import { applyText } from "./apply.ts";
import { texts } from "./arbitraries.ts";

const MARKS = "\u0316\u0301";

describe("normalize", () => {
  it.each([
    { title: "writes lower case", input: "Alice@Example.COM", output: "alice@example.com" },
    { title: "cuts outer space", input: "\t alice b\u00a0\n", output: "alice b" },
    { title: "composes accents", input: "E\u0301", output: "é" },
    { title: "folds case alike in every language", input: "ISTANBUL", output: "istanbul" },
    { title: "keeps what compatibility forms would merge", input: "ﬁ①", output: "ﬁ①" },
    { title: "keeps lone surrogates", input: "\ud800A", output: "\ud800a" },
    { title: "keeps the prefix of a user id", input: "auth0|X", output: "auth0|x" },
    {
      title: "composes up to 30 marks in a row",
      input: `e\u0301${"\u0316".repeat(29)}`,
      output: `é${"\u0316".repeat(29)}`,
    },
    { title: "composes nothing among more", input: `E${"\u0301".repeat(31)}`, output: `e${"\u0301".repeat(31)}` },
  ])("$title", ({ input, output }) => {
    expect(applyText({ op: "normalize" }, input)).toBe(output);
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(
        fc.oneof(texts, fc.string({ unit: fc.constantFrom("Σ", "σ", "İ", "ẞ", "a", " ", ...MARKS) })),
        (text) => {
          const once = applyText({ op: "normalize" }, text) ?? "";
          expect(applyText({ op: "normalize" }, once)).toBe(once);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("brings user ids to the form under which feeds know people", () => {
    const id = fc.oneof(texts, fc.constantFrom("auth0|X", "X", "google-oauth2|1", "auth0|google-oauth2|1", " auth0|X"));
    fc.assert(
      fc.property(id, (text) => {
        expect(applyText({ op: "normalize", subject_id: true }, text)).toBe(canonicalSubjectId(text));
      }),
    );
  });
});
