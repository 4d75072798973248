import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../../../lib/auth0/pack/json-schema.ts";
import { formOf, listTreePlaces, mergeTrees, readTree, toSchema } from "../../../lib/auth0/pack/tree.ts";
import { PACK } from "./shipped-pack.ts";

const TEXT: JsonSchema = { type: "string" };

describe("readTree", () => {
  it.each([
    ["a union of scalars has both kinds", { type: ["string", "number"] }, ["string", "number"]],
    ["null is no kind", { type: ["string", "null"] }, ["string"]],
    ["integer is a number", { type: "integer" }, ["number"]],
    ["properties make an object", { properties: { a: TEXT } }, ["object"]],
    ["a constant has the kind of its value", { const: true }, ["boolean"]],
    ["a schema that says nothing admits everything", {}, ["string", "number", "boolean", "object", "array"]],
    ["alternatives are added up", { anyOf: [TEXT, { type: "array", items: TEXT }] }, ["string", "array"]],
  ] satisfies [string, JsonSchema, string[]][])("%s", (_title, schema, kinds) => {
    expect(readTree(schema).kinds).toEqual(kinds);
  });

  it("flattens alternatives to the fields of any of them", () => {
    const schema: JsonSchema = {
      oneOf: [
        { type: "object", properties: { id: TEXT, connection_id: TEXT } },
        { type: "object", properties: { id: TEXT, organization_id: TEXT } },
      ],
    };
    expect(listTreePlaces(readTree(schema)).map(({ path }) => path)).toEqual([
      "id",
      "connection_id",
      "organization_id",
    ]);
  });

  it("keeps a field called __proto__", () => {
    const schema = JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}') as JsonSchema;
    expect(listTreePlaces(readTree(schema)).map(({ path }) => path)).toEqual(["__proto__"]);
  });
});

describe("formOf", () => {
  it.each([
    ["message", { type: "object", properties: { a: TEXT } }],
    ["message", { anyOf: [{ type: "object", properties: { a: TEXT } }, { type: "object" }] }],
    ["map", { type: "object", additionalProperties: TEXT }],
    ["list", { type: "array", items: TEXT }],
    ["list", { anyOf: [{ type: "array", items: TEXT }, { type: "null" }] }],
    ["open", { type: "array" }],
    ["open", { type: "array", items: {} }],
    ["open", { type: "object" }],
    ["open", {}],
    ["open", { anyOf: [TEXT, { type: "array", items: TEXT }] }],
    ["scalar", { type: ["string", "number"] }],
  ] satisfies [string, JsonSchema][])("%s: %j", (form, schema) => {
    expect(formOf(readTree(schema))).toBe(form);
  });
});

describe("mergeTrees", () => {
  it("lists words only where every text is one of some", () => {
    const word = readTree({ enum: ["a", "b"], type: "string" });
    const other = readTree({ const: "c", type: "string" });
    expect(mergeTrees([word, other]).words).toEqual(["a", "b", "c"]);
    expect(mergeTrees([word, readTree(TEXT)]).words).toBeUndefined();
  });
});

describe("toSchema", () => {
  it("writes every official schema so that it reads as the same tree", () => {
    for (const schema of [...PACK.schemas.logs.values(), ...PACK.schemas.events.values()]) {
      const tree = readTree(schema);
      expect(readTree(toSchema(tree))).toEqual(tree);
    }
  });
});
