import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import avsc, { type Schema, type schema, type Type } from "avsc";
import type { Column, ColumnType } from "#plan";
import type { ColumnValue } from "./column-value.ts";
import { type FormatFacts, type Row, sortedByType } from "./format.ts";
import { readRow } from "./read-row.ts";
import type { Table } from "./table.ts";

/** Avro object container files, deflated, one block per object. */
export const avro: FormatFacts = {
  summary: "Avro object container file with deflate: one block per object, every field a union with null",
  create: (table) => {
    const schema = avroSchemaOf(table);
    const type = avsc.Type.forSchema(schema, { wrapUnions: true, registry: { long: LONG } });
    return {
      extension: ".avro",
      contentType: "application/avro",
      read: (record) => readRow(table, record),
      encode: (rows) =>
        encode(
          schema,
          sortedByType(rows).map((row) => type.toBuffer(plainRow(table, row))),
        ),
    };
  },
};

/** `long` as bigint: a JavaScript number cannot hold every 64-bit integer. */
const LONG: Type = avsc.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === "bigint",
  compare: (left: bigint, right: bigint) => (left === right ? 0 : left < right ? -1 : 1),
});

/**
 * The Avro schema of a table.
 *
 * Names that Avro does not allow are spelled with `_` for every other character; the true name stands in `doc`.
 */
export function avroSchemaOf(table: Table): Schema {
  return recordOf(table.name, table.columns);
}

function recordOf(name: string, columns: readonly Column[]): AvroType {
  return {
    type: "record",
    name: avroName(name),
    fields: columns.map((column) => ({
      name: avroName(column.name),
      ...(avroName(column.name) !== column.name && { doc: column.name }),
      type: ["null", typeOf(`${name}_${column.name}`, column.type)],
      default: null,
    })),
  };
}

type AvroType = Exclude<schema.AvroSchema, unknown[]>;

const PRIMITIVES = {
  STRING: "string",
  BOOLEAN: "boolean",
  INT64: "long",
  DOUBLE: "double",
  TIMESTAMP: { type: "long", logicalType: "timestamp-micros" },
  JSON: "string",
} as const satisfies Record<string, AvroType>;

function typeOf(name: string, type: ColumnType): AvroType {
  if (typeof type === "string") return PRIMITIVES[type];
  if ("list" in type) return { type: "array", items: ["null", typeOf(name, type.list)] };
  if ("map" in type) return { type: "map", values: ["null", typeOf(name, type.map)] };
  return recordOf(name, type.struct);
}

function avroName(name: string): string {
  const spelled = name.replace(/[^A-Za-z0-9_]/g, "_");
  return /^[A-Za-z_]/.test(spelled) ? spelled : `_${spelled}`;
}

function plainRow(table: Table, { values }: Row): unknown {
  return Object.fromEntries(
    table.columns.map(({ name, type }, index) => {
      const place = `${table.name}_${name}`;
      return [avroName(name), unionOf(place, type, values[index] ?? null)];
    }),
  );
}

/** A value of a union with null, wrapped in the name of its branch: unwrapped, avsc cannot tell a bigint's branch. */
function unionOf(place: string, type: ColumnType, value: ColumnValue): unknown {
  return value === null ? null : { [branchOf(place, type)]: plainOf(place, type, value) };
}

const BRANCHES = {
  STRING: "string",
  BOOLEAN: "boolean",
  INT64: "long",
  DOUBLE: "double",
  TIMESTAMP: "long",
  JSON: "string",
} as const;

function branchOf(place: string, type: ColumnType): string {
  if (typeof type === "string") return BRANCHES[type];
  if ("list" in type) return "array";
  return "map" in type ? "map" : avroName(place);
}

function plainOf(place: string, type: ColumnType, value: ColumnValue): unknown {
  // A long with a logical type is avsc's own, which takes numbers; times are bounded to what they hold exactly.
  if (type === "TIMESTAMP") return Number(value);
  if (typeof type === "string") return value;
  if ("list" in type) return (value as readonly ColumnValue[]).map((item) => unionOf(place, type.list, item));
  const entries = value as ReadonlyMap<string, ColumnValue>;
  if ("map" in type)
    return Object.fromEntries([...entries].map(([key, item]) => [key, unionOf(place, type.map, item)]));
  return Object.fromEntries(
    type.struct.map(({ name, type: inner }) => [
      avroName(name),
      unionOf(`${place}_${name}`, inner, entries.get(name) ?? null),
    ]),
  );
}

/** Object container file, Avro 1.11 specification: https://avro.apache.org/docs/1.11.1/specification/#object-container-files (read 2026-11-22). */
const HEADER = avsc.Type.forSchema({
  type: "record",
  name: "Header",
  fields: [
    { name: "magic", type: { type: "fixed", name: "Magic", size: 4 } },
    { name: "meta", type: { type: "map", values: "bytes" } },
    { name: "sync", type: { type: "fixed", name: "Sync", size: 16 } },
  ],
});
const COUNT = avsc.Type.forSchema("long");

function encode(schema: Schema, records: readonly Buffer[]): Uint8Array {
  const text = Buffer.from(JSON.stringify(schema));
  // Any 16 bytes do; taken from the schema, the same rows give the same bytes.
  const sync = createHash("sha256").update(text).digest().subarray(0, 16);
  const meta = { "avro.schema": text, "avro.codec": Buffer.from("deflate") };
  const header = HEADER.toBuffer({ magic: Buffer.from("Obj\x01", "latin1"), meta, sync });
  if (records.length === 0) return header;
  const block = deflateRawSync(Buffer.concat(records));
  return Buffer.concat([header, COUNT.toBuffer(records.length), COUNT.toBuffer(block.length), block, sync]);
}
