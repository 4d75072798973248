import { type Column, type ColumnType, ENVELOPE_NAME, type FormatName, hasColumns, type Plan } from "#plan";
import { type GlueTable, glueTableOf } from "./glue-table.ts";
import { tableOf } from "./table.ts";

/** A table definition for a query engine. */
export interface TableFile {
  readonly name: string;
  readonly text: string;
}

/** How DuckDB reads a format's files; absent = it needs an extension, or they are sealed. */
const DUCKDB: Readonly<Partial<Record<FormatName, (files: string, plan: Plan) => string>>> = {
  PARQUET: (files) => `SELECT * FROM read_parquet('${files}.parquet', union_by_name = true, ${HIVE})`,
  JSON: (files, plan) =>
    plan.output === undefined
      ? `SELECT json, dt, hour FROM read_ndjson_objects('${files}.ndjson', ${HIVE})`
      : `SELECT * FROM read_json('${files}.ndjson', format = 'newline_delimited', columns = ${jsonColumns(plan)}, ${HIVE})`,
};

const HIVE = "hive_partitioning = true, hive_types = {'dt': DATE, 'hour': VARCHAR}";

/** How Athena reads a format's files; absent = they are sealed. */
const ATHENA: Readonly<Partial<Record<FormatName, string>>> = {
  PARQUET: "STORED AS PARQUET",
  AVRO: "STORED AS AVRO",
  JSON: "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'",
};

/**
 * Defines the table of a lake for DuckDB and for Athena, as far as they can read its format.
 *
 * @param folder of the lake below the directory in which DuckDB is started
 */
export function lakeTablesOf(plan: Plan, folder: string): readonly TableFile[] {
  const { format } = plan.delivery;
  const [duckdb, athena] = [DUCKDB[format], ATHENA[format]];
  const name = plan.processor.toLowerCase();
  return [
    ...(duckdb ? [{ name: "duckdb.sql", text: duckdbView(name, duckdb(`${folder}/dt=*/hour=*/*`, plan)) }] : []),
    ...(athena ? [{ name: "athena.sql", text: athenaTable(name, athena, plan) }] : []),
  ];
}

function duckdbView(name: string, select: string): string {
  return `-- DuckDB, started in the output directory\nCREATE OR REPLACE VIEW ${quoted(name)} AS\n${select};\n`;
}

const DUCKDB_TYPES = {
  STRING: "VARCHAR",
  BOOLEAN: "BOOLEAN",
  INT64: "BIGINT",
  DOUBLE: "DOUBLE",
  TIMESTAMP: "TIMESTAMPTZ",
  JSON: "JSON",
} as const;

/** Lines of JSON have the envelope as a member, where files of columns have columns of it. */
function jsonColumns(plan: Plan): string {
  const { columns, envelope } = tableOf(plan);
  const shown: readonly Column[] = [...columns.slice(envelope.length), { name: ENVELOPE_NAME, type: "JSON" }];
  return `{${shown.map(({ name, type }) => `${literal(name)}: ${literal(duckdbTypeOf(type))}`).join(", ")}}`;
}

function duckdbTypeOf(type: ColumnType): string {
  if (typeof type === "string") return DUCKDB_TYPES[type];
  if ("list" in type) return `${duckdbTypeOf(type.list)}[]`;
  if ("map" in type) return `MAP(VARCHAR, ${duckdbTypeOf(type.map)})`;
  return `STRUCT(${type.struct.map(({ name, type: inner }) => `${quoted(name)} ${duckdbTypeOf(inner)}`).join(", ")})`;
}

/** Where the lake lies, and since when, is the deployment's to say. */
const LOCATION = "s3://BUCKET/PREFIX";
const SINCE = "2025-01-01";

function athenaTable(name: string, storage: string, plan: Plan): string {
  const { columns, partitionKeys, parameters } = glueTableOf(plan, { location: LOCATION, since: SINCE });
  const isText = !hasColumns(plan.delivery) && plan.output === undefined;
  // A line of lines is one column of text where nothing is declared of it.
  const [fields, how] = isText ? [[TEXT_COLUMN], "STORED AS TEXTFILE"] : [columns, storage];
  const properties = Object.entries(parameters).map(([key, value]) => `  '${key}' = '${value}'`);
  return [
    "-- Athena: put the lake's bucket and prefix in the place of BUCKET and PREFIX",
    `CREATE EXTERNAL TABLE \`${name}\` (\n${listColumns(fields)}\n)`,
    `PARTITIONED BY (\n${listColumns(partitionKeys)}\n)`,
    how,
    `LOCATION '${LOCATION}/'`,
    `TBLPROPERTIES (\n${properties.join(",\n")}\n);\n`,
  ].join("\n");
}

const TEXT_COLUMN = { name: "json", type: "string" };

function listColumns(columns: GlueTable["columns"]): string {
  return columns.map(({ name, type }) => `  \`${name.replaceAll("`", "``")}\` ${type}`).join(",\n");
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
