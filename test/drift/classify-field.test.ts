import { describe, expect, it } from "vitest";
import type { ValueKind } from "#auth0";
import { classifyField } from "../../lib/drift/classify-field.ts";

describe("classifyField", () => {
  it.each<[path: string, kinds: readonly ValueKind[], expected: string]>([
    ["data.object.contact_email", ["string"], "PII EMAIL TARGET"],
    ["data.object.loyalty_id", ["string"], "IDENTIFIER OBJECT_ID"],
    ["data.object.loyalty_id", ["number"], "IDENTIFIER OTHER"],
    ["data.object.user_id", ["number"], "IDENTIFIER OTHER TARGET"],
    ["data.object.email_confirmed_twice", ["number"], "PII OTHER TARGET"],
    ["data.object.contact_email", ["string", "number"], "PII OTHER TARGET"],
    ["data.object.new_password", ["string"], "SECRET CREDENTIAL"],
    ["data.object.password_history", ["array"], "SECRET CREDENTIAL"],
    ["data.object.password_age", ["number"], "SECRET CREDENTIAL"],
    ["data.object.attempts", ["number"], "INTERNAL COUNT"],
    ["data.object.note", ["string"], "PII FREE_TEXT TARGET"],
    ["data.object.preferences", ["object"], "CUSTOMER_CONTENT OPEN_OBJECT"],
    ["data.object.emails", ["array"], "CUSTOMER_CONTENT OPEN_OBJECT"],
    ["data.object.emails", ["string", "array"], "CUSTOMER_CONTENT OPEN_OBJECT"],
  ])("proposes for %s, %j: %s", (path, kinds, expected) => {
    const { class: fieldClass, kind, about } = classifyField({ path, schema: "auth0.events.v1.UserUpdated", kinds });
    expect([fieldClass, kind, about].filter((word) => word !== undefined).join(" ")).toBe(expected);
  });

  it("says which rule of the pack decides, without its period", () => {
    const { why } = classifyField({ path: "details.body.password", schema: "auth0.logs.v1.Login", kinds: ["string"] });
    expect(why).toBe("A password. That Auth0 writes asterisks is its promise, not ours");
  });

  it("says that nothing but name and type was looked at where no rule decides", () => {
    const { why } = classifyField({
      path: "data.object.note",
      schema: "auth0.events.v1.UserUpdated",
      kinds: ["string"],
    });
    expect(why).toBe("What its name and JSON type suggest");
  });

  it("knows the rules that hold for some messages only", () => {
    const classify = (schema: string) => classifyField({ path: "user_id", schema, kinds: ["string"] }).about;
    expect(classify("auth0.logs.v1.ManagementApiOperation")).toBe("ACTOR");
    expect(classify("auth0.logs.v1.Login")).toBe("TARGET");
  });
});
