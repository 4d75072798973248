import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../../../lib/auth0/pack/json-schema.ts";
import { describeProposal } from "../../../lib/auth0/pack/propose.ts";
import { readTree } from "../../../lib/auth0/pack/tree.ts";

const TEXT: JsonSchema = { type: "string" };

describe("describeProposal", () => {
  it.each([
    ["details.api_key", TEXT, "details.api_key (string), proposed SECRET, CREDENTIAL"],
    ["details.backup_email", TEXT, "details.backup_email (string), proposed PII, EMAIL, about TARGET"],
    ["details.lastIp", TEXT, "details.lastIp (string), proposed PII, IP, about TARGET"],
    ["details.birthdate", TEXT, "details.birthdate (string), proposed SENSITIVE_PII, OTHER, about TARGET"],
    ["details.city", TEXT, "details.city (string), proposed PII, GEO, about TARGET"],
    ["details.thing_ids[]", TEXT, "details.thing_ids[] (string), proposed IDENTIFIER, OBJECT_ID"],
    ["details.renewed_at", TEXT, "details.renewed_at (string), proposed INTERNAL, TIMESTAMP"],
    ["details.kind_of_thing", TEXT, "details.kind_of_thing (string), proposed PII, FREE_TEXT, about TARGET"],
    ["details.is_new", { type: "boolean" }, "details.is_new (boolean), proposed INTERNAL, FLAG"],
    ["details.email_count", { type: "number" }, "details.email_count (number), proposed INTERNAL, COUNT"],
    ["details.email", { type: "object" }, "details.email (object), proposed CUSTOMER_CONTENT, OPEN_OBJECT"],
    ["details.body.email", TEXT, "details.body.email (string), proposed PII, EMAIL, about TARGET"],
  ] satisfies [string, JsonSchema, string][])("%s", (path, schema, expected) => {
    expect(describeProposal({ path, tree: readTree(schema) })).toBe(expected);
  });
});
