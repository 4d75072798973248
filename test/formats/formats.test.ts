import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import avsc from "avsc";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Format, FormatRecord, Row, Table } from "#formats";
import type { Column } from "#plan";
import { avro } from "../../lib/formats/avro.ts";
import { mergeParquet, parquetSchemaOf } from "../../lib/formats/merge-parquet.ts";
import { ndjson, sealedLines } from "../../lib/formats/ndjson.ts";
import { parquet } from "../../lib/formats/parquet.ts";

const COLUMNS: readonly Column[] = [
  { name: "_delivery_id", type: "STRING" },
  { name: "_type", type: "STRING" },
  { name: "name", type: "STRING" },
  { name: "blocked", type: "BOOLEAN" },
  { name: "logins", type: "INT64" },
  { name: "score", type: "DOUBLE" },
  { name: "updated_at", type: "TIMESTAMP" },
  { name: "extra", type: "JSON" },
  { name: "roles", type: { list: "STRING" } },
  { name: "labels", type: { map: "STRING" } },
  { name: "place", type: { struct: [{ name: "country", type: "STRING" }] } },
];
const ENVELOPE: Table["envelope"] = [
  { name: "_delivery_id", type: "STRING", part: "delivery_id" },
  { name: "_type", type: "STRING", part: "type" },
];
const TABLE: Table = { name: "USERS", envelope: ENVELOPE, columns: COLUMNS, structured: true };

const FULL = `{"name":"Zoë 🦉","blocked":false,"logins":9223372036854775807,"score":1.5,"updated_at":"2025-02-01T12:34:56.789123Z",
  "extra":{"a":12345678901234567890},"roles":["admin","dev"],"labels":{"team":"core"},"place":{"country":"IE"}}`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "formats-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("parquet", () => {
  const format = parquet.create(TABLE);

  it("keeps types, 64-bit integers, microseconds, lists, maps and structs", async () => {
    const [row] = await query(format.encode(rowsOf(format, [record("b", "user.updated", FULL)])), "parquet");
    expect(row).toEqual({
      _delivery_id: "b",
      _type: "user.updated",
      name: "Zoë 🦉",
      blocked: false,
      logins: "9223372036854775807",
      score: 1.5,
      updated_at: "2025-02-01 12:34:56.789123",
      extra: '{"a":12345678901234567890}',
      roles: ["admin", "dev"],
      labels: [{ key: "team", value: "core" }],
      place: { country: "IE" },
    });
  });

  it("makes a missing value and null null", async () => {
    const [row] = await query(format.encode(rowsOf(format, [record("a", "t", '{"name":null}')])), "parquet");
    expect(Object.values(row ?? {}).slice(2)).toEqual([null, null, null, null, null, null, null, null, null]);
  });

  it("writes a tombstone that readers take as an empty table", async () => {
    expect(await query(format.encode([]), "parquet")).toEqual([]);
  });

  it("sorts rows by type and keeps their order within one", async () => {
    const records = [record("1", "b", "{}"), record("2", "a", "{}"), record("3", "b", "{}"), record("4", "a", "{}")];
    const rows = await query(format.encode(rowsOf(format, records)), "parquet");
    expect(rows.map((row) => row["_delivery_id"])).toEqual(["2", "4", "1", "3"]);
  });

  it("merges into one object what several objects hold, sorted", async () => {
    const payloads = [
      FULL,
      "{}",
      '{"roles":[],"labels":{},"place":{},"extra":null,"logins":-9007199254740993,"updated_at":"1969-12-31T23:59:59.999999Z"}',
      '{"roles":["",null],"labels":{"__proto__":"x","10":"b","9":"a","":null},"place":{"country":""},"blocked":true,"score":1e-300}',
    ];
    const records = payloads.map((payload, index) => record(String(index), index % 2 === 0 ? "b" : "a", payload));
    const parts = records.map((each) => format.encode(rowsOf(format, [each])));
    const whole = await query(format.encode(rowsOf(format, records)), "parquet");
    expect(await query(await mergeParquet(parts, ["no_such_column", "_type"]), "parquet")).toEqual(whole);
    expect(new Set(parts.map(parquetSchemaOf)).size).toBe(1);
    const byTime = await query(await mergeParquet(parts, ["updated_at", "_delivery_id"]), "parquet");
    expect(byTime.map((row) => row["_delivery_id"])).toEqual(["1", "3", "2", "0"]);
  });

  it("reads objects from before a column was added together with those after it", async () => {
    const older = parquet.create({ ...TABLE, columns: COLUMNS.slice(0, 3) });
    const files = [older, format].map((each, index) => {
      const file = join(folder, `evolution-${index}.parquet`);
      writeFileSync(file, each.encode(rowsOf(each, [record(String(index), "t", FULL)])));
      return `'${file}'`;
    });
    const rows = await ask(
      `select _delivery_id, logins from read_parquet([${files}], union_by_name = true) order by 1`,
    );
    expect(rows).toEqual([
      { _delivery_id: "0", logins: null },
      { _delivery_id: "1", logins: "9223372036854775807" },
    ]);
  });

  it("holds the payload's text when the processor has no output message", async () => {
    const plain = parquet.create({
      name: "P",
      envelope: ENVELOPE,
      columns: [...ENVELOPE, PAYLOAD],
      structured: false,
    });
    const rows = await query(plain.encode(rowsOf(plain, [record("a", "t", '{"n":1e400}')])), "parquet");
    expect(rows).toEqual([{ _delivery_id: "a", _type: "t", payload: '{"n":1e400}' }]);
  });
});

const PAYLOAD: Column = { name: "payload", type: "JSON" };

describe("avro", () => {
  const format = avro.create(TABLE);

  it("keeps the same values", async () => {
    const [row] = await decodeAvro(format.encode(rowsOf(format, [record("b", "user.updated", FULL)])));
    expect(row).toMatchObject({
      _delivery_id: { string: "b" },
      name: { string: "Zoë 🦉" },
      logins: { long: 9223372036854775807n },
      updated_at: { long: 1738413296789123 },
      extra: { string: '{"a":12345678901234567890}' },
      roles: { array: [{ string: "admin" }, { string: "dev" }] },
      labels: { map: { team: { string: "core" } } },
      place: { USERS_place: { country: { string: "IE" } } },
    });
  });

  it("writes a tombstone with a header and no block", async () => {
    expect(await decodeAvro(format.encode([]))).toEqual([]);
  });

  it("gives the same bytes for the same rows", () => {
    const rows = rowsOf(format, [record("a", "t", FULL)]);
    expect(Buffer.compare(format.encode(rows), format.encode(rows))).toBe(0);
  });
});

describe.each([
  ["parquet", parquet.create(TABLE)],
  ["avro", avro.create(TABLE)],
])("%s refuses what a column cannot hold", (_, format) => {
  it.each([
    ["logins", '{"logins":9223372036854775808}'],
    ["logins", '{"logins":1.5}'],
    ["logins", '{"logins":"1.0"}'],
    ["logins", '{"logins":"0x1"}'],
    ["logins", '{"logins":1e999999}'],
    ["score", '{"score":1e400}'],
    ["blocked", '{"blocked":"no"}'],
    ["updated_at", '{"updated_at":"yesterday"}'],
    ["roles", '{"roles":"admin"}'],
    ["place", '{"place":[]}'],
  ])("%s", (column, payload) => {
    expect(format.read(record("a", "t", payload))).toEqual({ reject: "NOT_REPRESENTABLE", column });
  });
});

describe("lines", () => {
  it("hold one payload each, in the order in which they came: a sorted one would tell of types", () => {
    const format = ndjson.create(TABLE);
    const bytes = format.encode(rowsOf(format, [record("1", "b", '{"x":1}'), record("2", "a", '{"x":2}')]));
    expect(Buffer.from(bytes).toString()).toBe('{"x":1}\n{"x":2}\n');
  });

  it("hold one sealed envelope each, beside its delivery id", () => {
    const format = sealedLines.create(TABLE);
    const bytes = format.encode(rowsOf(format, [record("1", "a", "sealed")]));
    expect(Buffer.from(bytes).toString()).toBe('{"id":"1","sealed":"c2VhbGVk"}\n');
  });

  it("of a tombstone are none", () => {
    expect(ndjson.create(TABLE).encode([])).toHaveLength(0);
  });
});

function record(deliveryId: string, type: string, payload: string): FormatRecord {
  return { deliveryId, envelope: { type }, payload: Buffer.from(payload) };
}

function rowsOf(format: Format, records: readonly FormatRecord[]): readonly Row[] {
  return records.map((each) => {
    const row = format.read(each);
    if ("reject" in row) throw new Error(`refused ${row.column}`);
    return row;
  });
}

async function query(bytes: Uint8Array, ending: string): Promise<Record_[]> {
  const file = join(folder, `${Math.random()}.${ending}`);
  writeFileSync(file, bytes);
  return ask(`select * from read_parquet('${file}')`);
}

type Record_ = { [column: string]: unknown };

async function ask(sql: string): Promise<Record_[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record_[];
  connection.closeSync();
  instance.closeSync();
  return rows;
}

function decodeAvro(bytes: Uint8Array): Promise<Record_[]> {
  const long = avsc.types.LongType.__with({
    fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
    toBuffer: () => Buffer.alloc(8),
    fromJSON: BigInt,
    toJSON: Number,
    isValid: () => true,
    compare: () => 0,
  });
  return new Promise((resolve, reject) => {
    const rows: Record_[] = [];
    const decoder = new avsc.streams.BlockDecoder({
      parseHook: (schema) => avsc.Type.forSchema(schema, { wrapUnions: true, registry: { long } }),
    });
    decoder.on("data", (row: Record_) => rows.push(row));
    decoder.on("end", () => resolve(rows));
    decoder.on("error", reject);
    decoder.end(Buffer.from(bytes));
  });
}
