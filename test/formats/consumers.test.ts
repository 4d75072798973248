import { describe, expect, it } from "vitest";
import { formatOf, glueTableOf, indexMappingOf, jsonSchemaOf } from "#formats";
import type { Cell, ColumnType, OutputField, Plan } from "#plan";

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
          labels: { type: "flat_object" },
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

  it("indexes nothing of an event that has no output message", () => {
    expect(indexMappingOf(plan())).toEqual({
      mappings: { dynamic: "false", properties: { deleted: { type: "boolean" }, _shield: SHIELD } },
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
