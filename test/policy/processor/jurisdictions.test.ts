import { RegionInfo } from "aws-cdk-lib/region-info";
import { describe, expect, it } from "vitest";
import { JURISDICTIONS } from "../../../lib/policy/processor/jurisdictions.ts";

/** Partitions that no Auth0 tenant can send to, and a region that is announced but not open. */
const OUT_OF_REACH = /-iso|^me-west-1$/;

describe("JURISDICTIONS", () => {
  it("knows every region of AWS", () => {
    const regions = RegionInfo.regions.map(({ name }) => name).filter((name) => !OUT_OF_REACH.test(name));
    expect(regions.filter((region) => !JURISDICTIONS.has(region))).toEqual([]);
  });

  it.each([
    ["eu-west-1", "EU"],
    ["eu-west-2", "GB"],
    ["eu-central-2", "CH"],
    ["us-gov-west-1", "US"],
  ])("%s is in %s", (region, jurisdiction) => {
    expect(JURISDICTIONS.get(region)).toBe(jurisdiction);
  });
});
