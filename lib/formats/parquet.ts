import type { SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { Column, ColumnType } from "#plan";
import type { ColumnValue } from "./column-value.ts";
import { type FormatFacts, type Row, sortedByType } from "./format.ts";
import { readRow } from "./read-row.ts";
import type { Table } from "./table.ts";

/** Apache Parquet, Snappy-compressed, one row group per object. */
export const parquet: FormatFacts = {
  summary: "Apache Parquet with Snappy compression: one row group per object, every column nullable",
  create: (table) => ({
    extension: ".parquet",
    contentType: "application/vnd.apache.parquet",
    read: (record) => readRow(table, record),
    encode: (rows) => encode(table, sortedByType(rows)),
  }),
};

function encode(table: Table, rows: readonly Row[]): Uint8Array {
  const writer = new ByteWriter();
  const schema = [{ name: "root", num_children: table.columns.length }, ...table.columns.flatMap(schemaOf)];
  const file = new ParquetWriter({ writer, schema, createdBy: "event-shield" });
  if (rows.length > 0) file.write({ columnData: columnsOf(table, rows), rowGroupSize: rows.length });
  file.finish();
  return writer.getBytes();
}

function columnsOf(table: Table, rows: readonly Row[]): { name: string; data: unknown[] }[] {
  return table.columns.map(({ name, type }, index) => ({
    name,
    data: rows.map(({ values }) => plainOf(type, values[index] ?? null)),
  }));
}

const PRIMITIVES = {
  STRING: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  BOOLEAN: { type: "BOOLEAN" },
  INT64: { type: "INT64" },
  DOUBLE: { type: "DOUBLE" },
  TIMESTAMP: { type: "INT64", converted_type: "TIMESTAMP_MICROS" },
  // Text, not the JSON type: writers of that type print the value anew and lose number text.
  JSON: { type: "BYTE_ARRAY", converted_type: "UTF8" },
} as const satisfies Record<string, Partial<SchemaElement>>;

function schemaOf({ name, type }: Column): readonly SchemaElement[] {
  const repetition_type = "OPTIONAL";
  if (typeof type === "string") return [{ name, repetition_type, ...PRIMITIVES[type] }];
  if ("list" in type) {
    const repeated: SchemaElement = { name: "list", repetition_type: "REPEATED", num_children: 1 };
    return [{ name, repetition_type, converted_type: "LIST", num_children: 1 }, repeated, ...elementOf(type.list)];
  }
  if ("map" in type) {
    const repeated: SchemaElement = { name: "key_value", repetition_type: "REPEATED", num_children: 2 };
    const key: SchemaElement = { name: "key", repetition_type: "REQUIRED", ...PRIMITIVES.STRING };
    const value = schemaOf({ name: "value", type: type.map });
    return [{ name, repetition_type, converted_type: "MAP", num_children: 1 }, repeated, key, ...value];
  }
  return [{ name, repetition_type, num_children: type.struct.length }, ...type.struct.flatMap(schemaOf)];
}

function elementOf(type: ColumnType): readonly SchemaElement[] {
  return schemaOf({ name: "element", type });
}

/** Values as the writer wants them: structs as objects (their names are declared), maps as Map. */
function plainOf(type: ColumnType, value: ColumnValue): unknown {
  if (value === null || typeof type === "string") return value;
  if ("list" in type) return (value as readonly ColumnValue[]).map((item) => plainOf(type.list, item));
  const entries = value as ReadonlyMap<string, ColumnValue>;
  if ("map" in type) return new Map([...entries].map(([key, item]) => [key, plainOf(type.map, item)]));
  return Object.fromEntries(
    type.struct.map(({ name, type: inner }) => [name, plainOf(inner, entries.get(name) ?? null)]),
  );
}
