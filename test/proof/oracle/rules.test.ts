import { describe, expect, it } from "vitest";
import type { Canary, Guise } from "../../../lib/proof/canaries/canary.ts";
import type { Spot, SpotStanding } from "../../../lib/proof/canaries/spot.ts";
import { createRules } from "../../../lib/proof/oracle/rules.ts";
import { compileSmallPolicy } from "../policy.ts";

const RULES = createRules(await compileSmallPolicy());
const EVERYTHING = Number.POSITIVE_INFINITY;

function canaryAt(path: string, spot: Partial<Spot> = {}, guise: Guise = "word"): Canary {
  const place: Spot = { schema: "proof.User", type: "user.updated", path, standing: "declared", erased: [], ...spot };
  return { index: 0, text: "k7q2wxe9mvt4zhr0pdyn", spot: place, carriage: "raw", guise };
}

describe("what may show of a canary", () => {
  it.each<[string, string, SpotStanding, number]>([
    ["SEARCH", "data.object.name", "declared", 4],
    ["SEARCH", "data.object.name", "misfit", 0],
    ["SEARCH", "data.object.user_id", "declared", 0],
    ["SEARCH", "data.object.labels{}", "declared", EVERYTHING],
    ["SEARCH", "data.object.labels{}", "key", EVERYTHING],
    ["FRAUD", "data.object.labels{}", "key", 0],
    ["SEARCH", "data.object", "undeclared", 0],
    ["SEARCH", "data.object", "misfit", 0],
    ["SEARCH", "", "around", 0],
    ["ARCHIVE", "data.object.name", "declared", EVERYTHING],
    ["ARCHIVE", "data.object.name", "misfit", EVERYTHING],
    ["ARCHIVE", "data.object", "undeclared", EVERYTHING],
    ["ARCHIVE", "data.object.password_hash", "declared", 0],
    ["ARCHIVE", "data.object.password_hash", "misfit", 0],
    ["ARCHIVE", "data.object", "misfit", 0],
    ["ARCHIVE", "", "around", 0],
    ["ARCHIVE", "", "no event", 0],
    ["USERS", "data.object.email", "declared", 1],
    ["USERS", "data.object.phone", "declared", 0],
    ["ORDERS", "data.object.name", "declared", 0],
  ])("for %s at %s (%s) is %d", (processor, path, standing, shown) => {
    expect(RULES.allowanceOf(processor, canaryAt(path, { standing }))).toBe(shown);
  });

  it("is decided by the event type where the matrix decides by it", () => {
    const path = "data.object.email";
    expect(RULES.allowanceOf("SEARCH", canaryAt(path, {}, "email"))).toBe(2);
    expect(RULES.allowanceOf("SEARCH", canaryAt(path, { type: "user.deleted" }, "email"))).toBe(0);
  });

  it("is nothing where the value is about somebody who is erased", () => {
    const erased = ["TARGET"] as const;
    expect(RULES.allowanceOf("SEARCH", canaryAt("data.object.name", { erased }))).toBe(0);
    expect(RULES.allowanceOf("SEARCH", canaryAt("data.object.labels{}", { erased }))).toBe(EVERYTHING);
    expect(RULES.allowanceOf("SEARCH", canaryAt("data.object.name", { erased: ["ACTOR"] }))).toBe(4);
    expect(RULES.allowanceOf("ARCHIVE", canaryAt("data.object.name", { erased }))).toBe(0);
    expect(RULES.allowanceOf("ARCHIVE", canaryAt("data", { erased, standing: "undeclared" }))).toBe(0);
  });

  it("can be a token of it only", () => {
    expect(RULES.maySee("SEARCH", canaryAt("data.object.user_id"))).toBe(true);
    expect(RULES.maySee("USERS", canaryAt("data.object.user_id"))).toBe(false);
  });

  it("counts under the class of its path", () => {
    expect(RULES.classOf(canaryAt("data.object.health").spot)).toBe("SENSITIVE_PII");
    expect(RULES.classOf(canaryAt("data.object", { standing: "undeclared" }).spot)).toBe("undeclared");
    expect(RULES.classOf(canaryAt("", { standing: "no event" }).spot)).toBe("outside");
  });
});
