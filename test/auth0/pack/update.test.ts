import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shippedPoliciesDir } from "#policy";
import { buildFolder, compile } from "#support/descriptors";
import type { JsonSchema, SchemaSet } from "../../../lib/auth0/pack/json-schema.ts";
import { readPack, writeUpdate } from "../../../lib/auth0/pack/pack-store.ts";
import { renderUpdate, summarizeUpdate } from "../../../lib/auth0/pack/render-update.ts";
import type { OfficialSchemas } from "../../../lib/auth0/pack/schema-file.ts";
import { isOutdated, type Pack, planUpdate } from "../../../lib/auth0/pack/update.ts";
import { PACK, PACK_FOLDER } from "./shipped-pack.ts";

const OFFICIAL: OfficialSchemas = { logs: PACK.schemas.logs, events: PACK.schemas.events };
const TEXT: JsonSchema = { type: "string" };

/** A copy of the official schemas with three new types, five new fields, one that is gone and one that changed. */
function newerSchemas(): OfficialSchemas {
  const logs = new Map(PACK.schemas.logs);
  logs.set("sx", edit(logs, "s", { "details.brand_new": TEXT }));
  logs.set("token_quota_reached", edit(logs, "api_limit", {}));
  logs.set("new_thing", edit(logs, "depnote", { "details.feature.owner_email": TEXT }));
  logs.set("s", edit(logs, "s", { "details.contact_email": TEXT, "details.attempts": { type: "number" } }));
  logs.set("fu", edit(logs, "fu", { "details.extra": { type: "object" } }));
  logs.set("ss", edit(logs, "ss", { birthdate: TEXT }));
  logs.set("slo", edit(logs, "slo", { "details.return_to": undefined }));
  logs.set("ferrt", edit(logs, "ferrt", { "details.tokenCounter": TEXT }));
  const events = new Map(PACK.schemas.events);
  events.set("user.created", edit(events, "user.created", { "data.object.passkeys": { type: "array", items: TEXT } }));
  return { logs, events };
}

function edit(schemas: SchemaSet, type: string, fields: Readonly<Record<string, JsonSchema | undefined>>): JsonSchema {
  const set = (
    schema: JsonSchema,
    [name = "", ...rest]: readonly string[],
    field: JsonSchema | undefined,
  ): JsonSchema => {
    const inner = rest.length === 0 ? field : set(schema.properties?.[name] ?? {}, rest, field);
    const properties = Object.fromEntries(
      Object.entries({ ...schema.properties, [name]: inner }).filter((entry) => entry[1] !== undefined),
    ) as Record<string, JsonSchema>;
    return { ...schema, properties };
  };
  const schema = schemas.get(type) ?? {};
  return Object.entries(fields).reduce((edited, [path, field]) => set(edited, path.split("."), field), schema);
}

const NEWER = planUpdate(PACK, newerSchemas());

describe("planUpdate", () => {
  it("finds no drift between the pack and the schemas it was made of", () => {
    const update = planUpdate(PACK, OFFICIAL);
    expect(isOutdated(update)).toBe(false);
    expect(renderUpdate(update, { isWritten: false })).toBe("no drift: the pack matches the official schemas\n");
  });

  it("names exactly what is new, gone and changed", () => {
    const update = NEWER;
    expect(isOutdated(update)).toBe(true);
    expect(renderUpdate(update, { isWritten: false })).toBe(`new log types
  new_thing
    new, dropped until classified: details.feature.owner_email (string), proposed PII, EMAIL, about TARGET
  sx
    new, dropped until classified: details.brand_new (string), proposed PII, FREE_TEXT, about TARGET
  token_quota_reached

new fields of log types, dropped until classified
  birthdate (string), proposed SENSITIVE_PII, OTHER, about TARGET, in ss
  details.attempts (number), proposed INTERNAL, COUNT, in s
  details.contact_email (string), proposed PII, EMAIL, about TARGET, in s
  details.extra (object), proposed CUSTOMER_CONTENT, OPEN_OBJECT, in fu

fields of log types that are gone, still declared for events sent before
  details.return_to (string), in slo

changed fields of log types
  details.tokenCounter, in ferrt: was number, now string, which is dropped until reviewed

new fields of Event Stream types, dropped until classified
  data.object.passkeys[] (string), proposed PII, FREE_TEXT, about TARGET, in user.created

9 differences wait for a review in schemas/review.json
7 files would change; run again with --write to take this over
`);
  });

  it("says the same to programs", () => {
    expect(summarizeUpdate(NEWER)).toMatchObject({
      drift: true,
      feeds: [
        {
          feed: "logs",
          newTypes: [{ type: "new_thing" }, { type: "sx" }, { type: "token_quota_reached", fields: [] }],
          goneTypes: [],
          newFields: [
            { path: "birthdate", types: ["ss"], now: "string" },
            { path: "details.attempts", types: ["s"], now: "number" },
            { path: "details.contact_email", types: ["s"] },
            { path: "details.extra", types: ["fu"] },
          ],
          goneFields: [{ path: "details.return_to", types: ["slo"], was: "string" }],
          changedFields: [{ path: "details.tokenCounter", types: ["ferrt"], was: "number", now: "string" }],
        },
        { feed: "events", newFields: [{ path: "data.object.passkeys", types: ["user.created"] }] },
      ],
    });
  });

  it("takes a new field over at once where the message has it already", () => {
    const logs = new Map([
      ...PACK.schemas.logs,
      ["fp", edit(PACK.schemas.logs, "fp", { "details.channel": TEXT })] as const,
    ]);
    const update = planUpdate(PACK, { logs });
    expect(update.pending.logs).toEqual([]);
    expect(renderUpdate(update, { isWritten: false })).toContain(
      "new fields of log types that others of their message have already\n  details.channel (string), in fp\n",
    );
  });

  it("takes a new field over at once where a shared object has it already", () => {
    const prompts = PACK.schemas.logs.get("s")?.properties?.["details"]?.properties?.["prompts"] ?? {};
    const logs = new Map([
      ...PACK.schemas.logs,
      ["f", edit(PACK.schemas.logs, "f", { "details.prompts": prompts })] as const,
    ]);
    const update = planUpdate(PACK, { logs });
    expect(update.pending.logs).toEqual([]);
    expect(update.feeds[0]?.fields.map(({ path }) => path)).toEqual(["details.prompts"]);
  });

  it("keeps a type that is gone, and its message", () => {
    const logs = new Map([...PACK.schemas.logs].filter(([type]) => type !== "fco"));
    const update = planUpdate(PACK, { logs });
    expect(update.feeds[0]?.goneTypes).toEqual(["fco"]);
    expect(update.changes.has("logs/v1/login.proto")).toBe(false);
  });

  it("leaves a feed alone of which it is given no schemas", () => {
    expect(isOutdated(planUpdate(PACK, { events: PACK.schemas.events }))).toBe(false);
  });
});

describe("an update that is written", () => {
  const folder = mkdtempSync(join(tmpdir(), "shield-pack-"));
  const pack = join(folder, "policies", "auth0");
  const newer = newerSchemas();
  const reread = (): Pack => readPack(pack);
  beforeAll(() => {
    cpSync(shippedPoliciesDir(), join(folder, "policies"), { recursive: true });
    writeUpdate(pack, planUpdate(reread(), newer));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("leaves no drift, and a second one changes no byte", () => {
    const again = planUpdate(reread(), newer);
    expect(isOutdated(again)).toBe(false);
    expect([...again.changes.keys()]).toEqual([]);
    expect(again.pending.logs.length + again.pending.events.length).toBe(9);
  });

  it("leaves what people wrote as it was", () => {
    for (const name of [
      "overlays.proto",
      "processors.proto",
      "auth0/logs/v1/log_event.proto",
      "auth0/events/v1/user.proto",
    ])
      expect(readFileSync(join(folder, "policies", name))).toEqual(readFileSync(join(shippedPoliciesDir(), name)));
  });

  it("compiles, with the new types, the field that is gone, and no new field", async () => {
    const { matrix } = compile(await buildFolder(join(folder, "policies")));
    const paths = (schema: string) => matrix.filter((row) => row.schema === schema).map((row) => row.path);
    expect(paths("auth0.logs.v1.SxLog")).toContain("details.prompts[].user_name");
    expect(paths("auth0.logs.v1.TokenQuotaReachedLog")).toContain("details.limit.bucket");
    expect(paths("auth0.logs.v1.Logout")).toContain("details.return_to");
    const added = /contact_email|attempts$|details\.extra|birthdate|brand_new|owner_email|passkeys/;
    expect(matrix.filter((row) => added.test(row.path) && row.path !== "details.error.payload.attempt")).toEqual([]);
  });

  it("declares a new field once its entry is taken out of the review", () => {
    accept("details.extra");
    const login = planUpdate(reread(), {}).changes.get("logs/v1/login.proto");
    expect(login).toMatch(/Struct extra = \d+ \[.*classification: CUSTOMER_CONTENT, kind: OPEN_OBJECT/);
  });

  it("asks for a rule where none decides the field", () => {
    accept("details.contact_email");
    expect(() => planUpdate(reread(), {})).toThrow(
      "expected a rule for the field details.contact_email of Login, got none: add one to lib/auth0/pack/rules.ts",
    );
  });

  function accept(path: string): void {
    const { logs, events } = reread().pending;
    const left = { logs: logs.filter((entry) => entry.path !== path), events };
    writeFileSync(join(pack, "schemas/review.json"), JSON.stringify(left));
  }
});

describe("readPack", () => {
  it("refuses a folder without a pack", () => {
    expect(() => readPack(tmpdir())).toThrow(
      `expected the Auth0 pack in ${tmpdir()}, got no schemas/log-types.json: name a folder that holds the whole pack`,
    );
  });

  it("reads what is in the package", () => expect(readPack(PACK_FOLDER).schemas.events.size).toBe(18));
});
