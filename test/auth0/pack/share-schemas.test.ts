import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../../../lib/auth0/pack/json-schema.ts";
import { readOfficialFile, readSchemaFile, writeSchemaFile } from "../../../lib/auth0/pack/schema-file.ts";
import { shareSchemas, unshareSchemas } from "../../../lib/auth0/pack/share-schemas.ts";
import { PACK } from "./shipped-pack.ts";

const long = (word: string): JsonSchema => ({ description: `${word} ${"x".repeat(60)}`, type: "string" });
const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({ type: "object", properties });

describe("shareSchemas", () => {
  it("writes a part that two types have once, under the name of its field", () => {
    const shared = shareSchemas(
      new Map([
        ["a", object({ ip: long("one") })],
        ["b", object({ ip: long("one"), at: long("two") })],
      ]),
    );
    expect(shared).toEqual({
      shared: { ip: long("one") },
      types: {
        a: object({ ip: { $ref: "ip" } as never }),
        b: object({ ip: { $ref: "ip" } as never, at: long("two") }),
      },
    });
  });

  it("gives the name to the most frequent of several parts", () => {
    const types = ["a", "b", "c", "d", "e"].map(
      (type, index) => [type, object({ ip: long(index < 3 ? "often" : "rarely") })] as const,
    );
    const { shared } = shareSchemas(new Map(types));
    expect(shared["ip"]).toEqual(long("often"));
    expect(Object.keys(shared)).toEqual(["ip", expect.stringMatching(/^ip-[0-9a-f]{8}$/)]);
  });

  it("takes a field called properties for a field", () => {
    const schemas = new Map([
      ["a", object({ properties: long("one") })],
      ["b", object({ properties: long("one") })],
    ]);
    expect(unshareSchemas(shareSchemas(schemas))).toEqual(schemas);
  });

  it.each(["logs", "events"] as const)("loses nothing of the official schemas: %s", (feed) => {
    const backwards = new Map([...PACK.schemas[feed]].reverse());
    expect(unshareSchemas(shareSchemas(backwards))).toEqual(PACK.schemas[feed]);
    expect(writeSchemaFile(backwards)).toBe(writeSchemaFile(PACK.schemas[feed]));
  });
});

describe("readOfficialFile", () => {
  it("takes a log type's schema without what the pack does not need", () => {
    const json = {
      $schema: "draft-07",
      examples: [1],
      properties: { type: { const: "s", "x-owner": "a" }, ip: { type: "string", format: "ipv4" } },
    };
    expect(readOfficialFile(json)).toEqual({
      logs: new Map([["s", { properties: { type: { const: "s" }, ip: { type: "string", format: "ipv4" } } }]]),
    });
  });

  it("takes the types of the event catalogue", () => {
    const json = { openapi: "3.1.0", components: { schemas: { "user.created": { type: "object", example: {} } } } };
    expect(readOfficialFile(json)).toEqual({ events: new Map([["user.created", { type: "object" }]]) });
  });

  it.each([
    [[]],
    ["text"],
    [{}],
    [{ oneOf: [{ $ref: "s.schema.json" }] }],
    [{ properties: { type: { type: "string" } } }],
  ])("finds nothing in other JSON: %j", (json) => expect(readOfficialFile(json)).toEqual({}));
});

describe("writeSchemaFile", () => {
  it("changes one line with one type", () => {
    const schemas = new Map([
      ["a", object({ ip: long("one") })],
      ["b", object({ at: long("two") })],
    ]);
    const before = writeSchemaFile(schemas).split("\n");
    const after = writeSchemaFile(new Map([...schemas, ["b", object({})]])).split("\n");
    expect(after.filter((line, index) => line !== before[index])).toEqual(['  "b": {"type":"object","properties":{}}']);
    expect(readSchemaFile(after.join("\n")).get("a")).toEqual(schemas.get("a"));
  });
});
