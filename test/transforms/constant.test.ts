import { describe, expect, it } from "vitest";
import { writeJson } from "#json";
import type { Op } from "#plan";
import { checkOp } from "#transforms";
import { getTransform } from "./apply.ts";
import { apply } from "./laws.ts";

const constant = getTransform("constant");

describe("constant", () => {
  it.each<{ op: Op; json: string; kind: string }>([
    { op: { op: "constant", text: "" }, json: `""`, kind: "string" },
    { op: { op: "constant", text: "\ud800" }, json: `"\\ud800"`, kind: "string" },
    { op: { op: "constant", number: 0 }, json: "0", kind: "number" },
    { op: { op: "constant", number: 1e21 }, json: "1e+21", kind: "number" },
    { op: { op: "constant", number: -0 }, json: "0", kind: "number" },
    { op: { op: "constant", flag: true }, json: "true", kind: "boolean" },
    { op: { op: "constant", flag: false }, json: "false", kind: "boolean" },
  ])("writes $json for $op", ({ op, json, kind }) => {
    const value = apply([op], { kind: "null" });
    expect(value && writeJson(value)).toBe(json);
    expect(constant.yields(op)).toBe(kind);
  });

  it.each<{ op: Op; breaches: string[] }>([
    { op: { op: "constant" }, breaches: ["expected one of text, number and flag, got none"] },
    {
      op: { op: "constant", text: "", flag: false },
      breaches: ["expected one of text, number and flag, got text and flag"],
    },
    { op: { op: "constant", number: Number.NaN }, breaches: ["expected number to be a finite number, got NaN"] },
    {
      op: { op: "constant", number: Number.POSITIVE_INFINITY },
      breaches: ["expected number to be a finite number, got Infinity"],
    },
  ])("checks $op", ({ op, breaches }) => {
    expect(checkOp(constant, op)).toEqual(breaches);
  });
});
