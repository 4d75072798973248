import { describe, expect, it } from "vitest";
import { ConfigError } from "#errors";
import { canonicalBytes, PLAN_VERSION, type Plan, readPlan, withHash } from "#plan";

const PLAN = withHash({
  v: PLAN_VERSION,
  processor: "A",
  generation: "g1",
  source: "fields",
  routes: [],
  shapes: [{ fields: [] }],
  delivery: {
    sink: "LAKE",
    mode: "EVERY_EVENT",
    format: "JSON",
    tier: "SPACE",
    region: "eu-west-1",
    metadata: [],
    envelope: [],
    testEvents: false,
    transport: [],
  },
});
const AGAIN = "compile the policy again with this version of Event Shield";

function refusal(json: Uint8Array | string | object): { readonly code: string; readonly message: string } {
  try {
    readPlan(json);
  } catch (error) {
    if (error instanceof ConfigError) return { code: error.code, message: error.message };
  }
  throw new Error("not refused");
}

describe("readPlan", () => {
  it.each([
    ["bytes", canonicalBytes(PLAN)],
    ["text", JSON.stringify(PLAN, null, 2)],
    ["data", PLAN],
  ])("reads %s", (_title, json) => {
    expect(readPlan(json)).toEqual(PLAN);
  });

  it("refuses a plan of another version", () => {
    const other = { ...PLAN, v: 2 } as unknown as Plan;
    expect(refusal(other)).toEqual({
      code: "PLAN_UNREADABLE",
      message: `expected a plan of version 1, got version 2: ${AGAIN}`,
    });
  });

  it("refuses a plan that was edited", () => {
    const edited = { ...PLAN, source: "whole" };
    expect(refusal(edited).message).toBe(`expected the plan of A unchanged, got one that was edited: ${AGAIN}`);
  });

  it.each([
    ["generation", "g-1"],
    ["generation", "g_1"],
    ["generation", "../g1"],
    ["generation", "G1"],
    ["generation", "a".repeat(17)],
    ["processor", "../A"],
    ["processor", "a"],
    ["processor", "A__B"],
    ["processor", "A_"],
  ])("refuses the %s %s, after which nothing can be named", (part, name) => {
    const { hash: _hash, ...plan } = PLAN;
    const { code, message } = refusal(withHash({ ...plan, [part]: name }));
    expect(code).toBe("PLAN_UNREADABLE");
    expect(message).toContain(`, got "${name}": ${AGAIN}`);
  });

  it.each([null, "", 0, [], {}, true])("refuses %j", (data) => {
    expect(refusal(JSON.stringify(data)).message).toBe(`expected a plan, got other data: ${AGAIN}`);
  });

  it.each(["", "{", new Uint8Array([0xff])])("refuses what is no JSON", (text) => {
    expect(refusal(text).message).toBe(`expected a plan, got text that is not JSON: ${AGAIN}`);
  });
});

describe("withHash", () => {
  it("gives the same hash whatever the order of members", () => {
    const { hash, ...rest } = PLAN;
    const reversed = Object.fromEntries(Object.entries(rest).reverse()) as unknown as typeof rest;
    expect(withHash(reversed).hash).toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
