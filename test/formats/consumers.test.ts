import { describe, expect, it } from "vitest";
import { formatOf, glueTableOf, indexMappingOf, jsonSchemaOf } from "#formats";
import type { Cell, ColumnType, OutputField, Plan } from "#plan";
import { dropped, kept, list, map, open, planFor } from "#support/plans";

const CELL: Cell = { kinds: ["string"], class: "PUBLIC", kind: "OTHER", ops: [], onFence: "keep" };

const FIELDS: readonly OutputField[] = [
  field("name", "STRING", true),
  field("blocked", "BOOLEAN"),
  field("logins", "INT64"),
  field("updated_at", "TIMESTAMP"),
  field("roles", { list: "STRING" }),
  field("labels", { map: "STRING" }),
  field("place", { struct: [{ name: "country", type: "STRING" }] }),
];

/** The order is kept and read by the script, and costs no index. */
const SHIELD = {
  type: "object",
  dynamic: false,
  properties: {
    delivery_id: { type: "keyword", ignore_above: 8191 },
    order: { type: "keyword", index: false, doc_values: false },
  },
};

describe("indexMappingOf", () => {
  it("refuses fields that the output message does not have", () => {
    expect(indexMappingOf(plan(FIELDS))).toEqual({
      mappings: {
        dynamic: "strict",
        properties: {
          name: { type: "search_as_you_type" },
          blocked: { type: "boolean" },
          logins: { type: "long" },
          updated_at: { type: "date", format: "strict_date_optional_time_nanos" },
          roles: { type: "keyword", ignore_above: 8191 },
          labels: { type: "object", enabled: false },
          place: {
            type: "object",
            dynamic: "strict",
            properties: { country: { type: "keyword", ignore_above: 8191 } },
          },
          deleted: { type: "boolean" },
          _shield: SHIELD,
        },
      },
    });
  });

  it("has the fields of events that keep their structure, by kind and by what is left of them", () => {
    const { mappings } = indexMappingOf(
      planFor({
        delivery: { sink: "LOG_INDEX" },
        fields: {
          date: kept({ kind: "TIMESTAMP" }),
          masked: kept({ kind: "TIMESTAMP", ops: [{ op: "mask" }] }),
          day: kept({ kind: "TIMESTAMP", ops: [{ op: "generalize_time", unit: "DAY" }] }),
          ip: kept({ kind: "IP" }),
          network: kept({ kind: "IP", ops: [{ op: "truncate_ip" }] }),
          token: kept({ kind: "IP", ops: [{ op: "pseudonymize" }] }),
          user_agent: kept({ kind: "USER_AGENT" }),
          description: kept({ kind: "FREE_TEXT", ops: [{ op: "scrub_text" }] }),
          name: kept({ kind: "PERSON_NAME", ops: [{ op: "mask" }] }),
          type: kept({ kind: "CODE" }),
          count: kept({ kind: "COUNT", kinds: ["string", "number"] }),
          ratio: kept({ kinds: ["number"] }),
          logins: kept({ kinds: ["number"], integer: true }),
          range: kept({ kinds: ["number"], ops: [{ op: "bucket", bounds: [1] }] }),
          blocked: kept({ kinds: ["boolean"] }),
          either: kept({ kinds: ["string", "boolean"] }),
          free: open({ ops: [{ op: "keep_keys", keys: [{ name: "a" }] }] }),
          sealed: open({ ops: [{ op: "encrypt" }] }),
          secret: dropped(),
          hidden: { inside: dropped() },
          roles: list(kept()),
          people: list({ id: kept() }),
          labels: map(kept(), "[a-z]+"),
        },
      }),
    ) as { readonly mappings: { readonly dynamic: unknown; readonly properties: Record<string, object> } };
    const lenient = { ignore_malformed: true };
    const keyword = { type: "keyword", ignore_above: 8191 };
    const text = { type: "text", fields: { keyword: { type: "keyword", ignore_above: 256 } } };
    const date = { type: "date", format: "strict_date_optional_time_nanos", ...lenient };
    const { _shield, deleted, ...properties } = mappings.properties;
    expect(mappings.dynamic).toBe("false");
    expect(properties).toEqual({
      ...{ date, day: date, masked: keyword },
      ...{ ip: { type: "ip", ...lenient }, network: { type: "ip", ...lenient }, token: keyword },
      ...{ user_agent: text, description: text, name: keyword, type: keyword },
      ...{ count: { type: "long", ...lenient }, ratio: { type: "double", ...lenient } },
      ...{ logins: { type: "long", ...lenient }, range: keyword, blocked: { type: "boolean" }, either: keyword },
      ...{ free: { type: "object", enabled: false }, sealed: keyword },
      ...{ roles: keyword, people: { properties: { id: keyword } }, labels: { type: "object", enabled: false } },
    });
  });
});

describe("glueTableOf", () => {
  it("gives Hive types and projected partitions", () => {
    const given = { format: "PARQUET", envelope: [TYPE] } as const;
    expect(glueTableOf(plan(FIELDS, given), { location: "s3://lake/users", since: "2026-01-01" })).toMatchObject({
      columns: [
        { name: "_delivery_id", type: "string" },
        { name: "_type", type: "string" },
        { name: "name", type: "string" },
        { name: "blocked", type: "boolean" },
        { name: "logins", type: "bigint" },
        { name: "updated_at", type: "timestamp" },
        { name: "roles", type: "array<string>" },
        { name: "labels", type: "map<string,string>" },
        { name: "place", type: "struct<country:string>" },
      ],
      parameters: { "storage.location.template": "s3://lake/users/dt=${dt}/hour=${hour}" },
    });
  });

  it("has the envelope as a member where a file has lines", () => {
    const lake = { location: "s3://lake/users", since: "2026-01-01" };
    expect(glueTableOf(plan(FIELDS.slice(0, 1), { envelope: [TYPE] }), lake).columns).toEqual([
      { name: "name", type: "string" },
      { name: "_shield", type: "struct<v:bigint,type:string>" },
    ]);
  });
});

describe("jsonSchemaOf", () => {
  it("allows the declared members only", () => {
    expect(jsonSchemaOf(plan(FIELDS.slice(0, 3)))).toEqual({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      title: "USERS",
      type: "object",
      properties: {
        name: { type: "string" },
        blocked: { type: "boolean" },
        logins: { type: ["integer", "string"], pattern: "^-?[0-9]+$" },
      },
      additionalProperties: false,
    });
  });

  it("has the envelope, to which parts can be added", () => {
    expect(jsonSchemaOf(plan([], { envelope: [TYPE] }))).toMatchObject({
      properties: {
        _shield: {
          type: "object",
          properties: { v: { const: 1 }, order: { type: "string" }, type: { type: "string" } },
          required: ["v"],
        },
      },
      additionalProperties: false,
    });
  });
});

describe("the type of events in files with columns", () => {
  const record = { deliveryId: "d", type: "user.created", payload: Buffer.from('{"name":"n"}') };

  it.each(["AVRO", "PARQUET"] as const)("has no column in %s where the plan does not send it", async (name) => {
    const format = await formatOf(plan(FIELDS.slice(0, 1), { sink: "LAKE", format: name }));
    const row = format.read(record);
    expect(row).toMatchObject({ values: ["d", "n"] });
  });

  it.each(["AVRO", "PARQUET"] as const)("is null in %s where this one's is kept back", async (name) => {
    const format = await formatOf(plan(FIELDS.slice(0, 1), { sink: "LAKE", format: name, envelope: [TYPE] }));
    expect(format.read(record)).toMatchObject({ values: ["d", null, "n"] });
    expect(format.read({ ...record, envelope: { type: "t" } })).toMatchObject({ values: ["d", "t", "n"] });
  });
});

const TYPE = { name: "type", of: { event: "type" }, column: "STRING" } as const;

function field(name: string, column: ColumnType, searchAsYouType = false): OutputField {
  return { name, cell: CELL, column, ...(searchAsYouType && { searchAsYouType: true as const }) };
}

function plan(fields?: readonly OutputField[], delivery: Partial<Plan["delivery"]> = {}): Plan {
  return {
    v: 1,
    processor: "USERS",
    generation: "g1",
    hash: "",
    source: "fields",
    routes: [],
    shapes: [],
    ...(fields !== undefined && { output: { schema: "out.User", fields } }),
    delivery: {
      sink: "ENTITY_INDEX",
      mode: "NEWEST_STATE",
      format: "JSON",
      tier: "SPACE",
      region: "eu-west-1",
      metadata: [],
      envelope: [],
      testEvents: false,
      transport: [],
      ...delivery,
    },
  };
}
