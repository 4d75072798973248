import { describe, expect, it } from "vitest";
import { findNearMatch } from "#errors";

const PROCESSORS = ["ARCHIVE", "OPENSEARCH", "USER_SEARCH", "FRAUD_DETECTION"];

describe("findNearMatch", () => {
  it.each([
    { given: "OPENSEARH", want: "OPENSEARCH" },
    { given: "opensearch", want: "OPENSEARCH" },
    { given: "FRAUD_DETECTOIN", want: "FRAUD_DETECTION" },
    { given: "USERSEARCH", want: "USER_SEARCH" },
    { given: "KAFKA", want: undefined },
    { given: "", want: undefined },
  ])("takes $given for $want", ({ given, want }) => {
    expect(findNearMatch(given, PROCESSORS)).toBe(want);
  });

  it("finds nothing among no candidates", () => {
    expect(findNearMatch("ARCHIVE", [])).toBeUndefined();
  });
});
