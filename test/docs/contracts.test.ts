import { describe, expect, it } from "vitest";
import { tableOf } from "#formats";
import { planFor } from "#support/plans";
import { CONTRACTS } from "../../lib/docs/contracts.ts";
import { sealedLines } from "../../lib/formats/ndjson.ts";

describe("contracts", () => {
  it("list every format that is kept or sent, with its version and what may change in it", () => {
    expect(Object.keys(CONTRACTS)).toEqual(["plan", "envelope", "seal", "ledger", "journal", "archive"]);
    for (const { version, rule } of Object.values(CONTRACTS)) {
      expect(version).toBeGreaterThan(0);
      expect(rule).not.toBe("");
    }
  });

  it("name the members of an archive's line", () => {
    const format = sealedLines.create(tableOf(planFor()));
    const row = format.read({ deliveryId: "d", payload: Buffer.from("x") });
    if ("reject" in row) throw new Error("expected a row");
    const line = JSON.parse(Buffer.from(format.encode([row])).toString());
    expect(Object.keys(line)).toEqual(CONTRACTS["archive"]?.members);
  });
});
