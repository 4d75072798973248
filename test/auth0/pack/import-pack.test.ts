import { describe, expect, it } from "vitest";
import { addMissingTypes } from "../../../lib/auth0/pack/correct.ts";
import { CORRECTIONS } from "../../../lib/auth0/pack/corrections.ts";
import { FAMILIES } from "../../../lib/auth0/pack/families.ts";
import { importPack, listRoots } from "../../../lib/auth0/pack/import-pack.ts";
import type { JsonSchema, SchemaSet } from "../../../lib/auth0/pack/json-schema.ts";
import { SHARED_MESSAGES } from "../../../lib/auth0/pack/shared-messages.ts";
import { listTreePlaces } from "../../../lib/auth0/pack/tree.ts";
import { findTree } from "../../../lib/auth0/pack/tree-path.ts";
import { planUpdate } from "../../../lib/auth0/pack/update.ts";
import { PACK, ROOTS } from "./shipped-pack.ts";

const messages = FAMILIES.flatMap((family) => family.messages);
const protos = [...PACK.files].filter(([name]) => name.endsWith(".proto")).map(([, text]) => text);

describe("the shipped pack", () => {
  it("is what the tables and the official schemas make", () => {
    expect([...planUpdate(PACK, {}).changes.keys()]).toEqual([]);
  });

  it("has nothing left to review", () => {
    expect(PACK.pending).toEqual({ logs: [], events: [] });
  });

  it("covers 166 official log types, signup_pwd_leak and codes that only occur", () => {
    const types = ROOTS.flatMap(({ message }) => Object.keys(message.types));
    expect(PACK.schemas.logs.size).toBe(166);
    expect(new Set(types)).toEqual(new Set(addMissingTypes(PACK.schemas.logs).keys()));
    expect(types).toContain("signup_pwd_leak");
  });

  it("has every type in one message, and every message name once", () => {
    const types = messages.flatMap((message) => Object.keys(message.types));
    const names = [...messages, ...SHARED_MESSAGES].map(({ name }) => name);
    expect(new Set(types).size).toBe(types.length);
    expect(new Set(names).size).toBe(names.length);
  });

  it("names no processor", () => {
    expect(protos.filter((text) => text.includes("processors.proto") || /\bprocessor:/.test(text))).toEqual([]);
  });
});

describe("importPack", () => {
  const from = (schemas: SchemaSet, existing = protos) => importPack({ schemas, pending: [] }, existing);

  it("gives the same bytes whatever the order of the schemas", () => {
    const backwards = new Map([...PACK.schemas.logs].reverse());
    expect([...from(backwards)]).toEqual([...from(PACK.schemas.logs)]);
  });

  it("gives a new field the next number and changes no other line", () => {
    const login = PACK.schemas.logs.get("s") as JsonSchema;
    const details = login.properties?.["details"] as JsonSchema;
    const changed: JsonSchema = {
      ...login,
      properties: {
        ...login.properties,
        details: {
          ...details,
          properties: {
            ...details.properties,
            actor: {
              type: "object",
              properties: { sub: { type: "string" }, act: { type: "object", properties: { sub: { type: "string" } } } },
            },
          },
        },
      },
    };
    const before = from(PACK.schemas.logs).get("shared.proto")?.split("\n") ?? [];
    const after =
      from(new Map([...PACK.schemas.logs, ["s", changed]]))
        .get("shared.proto")
        ?.split("\n") ?? [];
    expect(after.filter((line) => !before.includes(line))).toEqual([]);
  });

  it("gives a type that nobody sorted in a message of its own", () => {
    const added = new Map([...PACK.schemas.logs, ["brand_new_thing", PACK.schemas.logs.get("fpurh") as JsonSchema]]);
    const text = from(added).get("unsorted.proto");
    expect(text).toContain("message BrandNewThingLog {");
    expect(text).toContain('"brand_new_thing" // Failed Post User Registration Hook');
  });

  it("names the field that no rule decides", () => {
    const odd: JsonSchema = { type: "object", properties: { whatever: { type: "string" } } };
    expect(() => from(new Map([["odd", odd]]))).toThrow(
      "expected a rule for the field whatever of OddLog, got none: add one to lib/auth0/pack/rules.ts",
    );
  });
});

describe("the corrections", () => {
  const roots = listRoots({ schemas: PACK.schemas.logs, pending: [] });

  it("each name a source", () => {
    expect(CORRECTIONS.filter(({ source }) => source.length < 10)).toEqual([]);
  });

  it("each add something that the official schemas lack", () => {
    const official = (type: string) => roots.find(({ message }) => Object.hasOwn(message.types, type));
    for (const correction of CORRECTIONS) {
      if ("missing" in correction) {
        expect(correction.missing.filter((type) => PACK.schemas.logs.has(type))).toEqual([]);
        continue;
      }
      const where = correction.types.includes("*") ? roots : correction.types.map(official);
      expect(where.some((root) => root !== undefined && findTree(root.tree, correction.path) !== undefined)).toBe(true);
    }
  });

  it.each([
    ["UsernameChange", "details.body.newUername"],
    ["UsernameChange", "details.body.newUsername"],
    ["TokenExchange", "details.client_authentication_error"],
    ["ManagementApiOperation", "details.request.auth.credentials.scopes[]"],
    ["Login", "details.riskAssessment.assessments.PhoneNumber.code"],
    ["Login", "location_info.city_name"],
  ])("%s has %s", (message, path) => {
    const tree = roots.find((root) => root.message.name === message)?.tree;
    expect(tree && listTreePlaces(tree).map((place) => place.path)).toContain(path);
  });

  it("take a phone number that is a number", () => {
    const tree = roots.find((root) => root.message.name === "MultiFactor")?.tree;
    expect(tree && findTree(tree, "details.authenticator.phone_number")?.kinds).toEqual(["string", "number"]);
  });
});
