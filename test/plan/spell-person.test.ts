import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalSubjectId } from "#plan";

describe("canonicalSubjectId", () => {
  it.each([
    {
      title: "cuts the prefix of a database user",
      id: "auth0|507f1f77bcf86cd799439020",
      known: "507f1f77bcf86cd799439020",
    },
    { title: "keeps a bare id", id: "507f1f77bcf86cd799439020", known: "507f1f77bcf86cd799439020" },
    { title: "keeps the prefix of another connection", id: "google-oauth2|1", known: "google-oauth2|1" },
    { title: "keeps an enterprise id", id: "samlp|acme|alice", known: "samlp|acme|alice" },
    { title: "keeps a prefix before an id with a prefix", id: "auth0|github|1", known: "auth0|github|1" },
    { title: "keeps a doubled prefix", id: "auth0|auth0|1", known: "auth0|auth0|1" },
    { title: "keeps a prefix without an id", id: "auth0|", known: "auth0|" },
    { title: "keeps case", id: "auth0|AbC", known: "AbC" },
    { title: "knows the prefix in lower case only", id: "AUTH0|AbC", known: "AUTH0|AbC" },
    { title: "keeps space", id: " auth0|1", known: " auth0|1" },
    { title: "keeps nothing", id: "", known: "" },
  ])("$title", ({ id, known }) => {
    expect(canonicalSubjectId(id)).toBe(known);
  });

  it("changes nothing the second time", () => {
    const id = fc.array(fc.constantFrom("auth0|", "auth0", "|", "x", "1")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(id, (text) => {
        expect(canonicalSubjectId(canonicalSubjectId(text))).toBe(canonicalSubjectId(text));
      }),
    );
  });
});
