import { type Column, type ColumnType, ENVELOPE_NAME, hasColumns, type Plan } from "#plan";
import { tableOf } from "./table.ts";

/** What an AWS Glue table needs: columns as Hive types and the parameters of partition projection. */
export interface GlueTable {
  readonly columns: readonly GlueColumn[];
  readonly partitionKeys: readonly GlueColumn[];
  readonly parameters: Readonly<Record<string, string>>;
}

export interface GlueColumn {
  readonly name: string;
  readonly type: string;
}

/**
 * Describes a processor's lake to Athena. Partitions are projected, so that no crawler has to find them.
 *
 * Partition projection: https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html (read 2026-11-22).
 */
export function glueTableOf(plan: Plan, lake: { readonly location: string; readonly since: string }): GlueTable {
  return {
    columns: columnsOf(plan).map(({ name, type }) => ({ name, type: hiveTypeOf(type) })),
    partitionKeys: [
      { name: "dt", type: "string" },
      { name: "hour", type: "string" },
    ],
    parameters: {
      "projection.enabled": "true",
      "projection.dt.type": "date",
      "projection.dt.format": "yyyy-MM-dd",
      "projection.dt.range": `${lake.since},NOW`,
      "projection.hour.type": "integer",
      "projection.hour.digits": "2",
      "projection.hour.range": "00,23",
      // Athena fills in ${dt} and ${hour}.
      "storage.location.template": `${lake.location}/dt=\${dt}/hour=\${hour}`,
    },
  };
}

/** In files of lines the envelope is a member of each record, and no column of its own. */
function columnsOf(plan: Plan): readonly Column[] {
  const { columns, envelope } = tableOf(plan);
  const { delivery } = plan;
  if (hasColumns(delivery)) return columns;
  const fields = columns.slice(envelope.length);
  if (delivery.envelope.length === 0) return fields;
  const parts = delivery.envelope.map(({ name, column }) => ({ name, type: column }));
  const struct: readonly Column[] = [{ name: "v", type: "INT64" }, ...parts];
  return [...fields, { name: ENVELOPE_NAME, type: { struct } }];
}

const HIVE_TYPES = {
  STRING: "string",
  BOOLEAN: "boolean",
  INT64: "bigint",
  DOUBLE: "double",
  TIMESTAMP: "timestamp",
  JSON: "string",
} as const;

function hiveTypeOf(type: ColumnType): string {
  if (typeof type === "string") return HIVE_TYPES[type];
  if ("list" in type) return `array<${hiveTypeOf(type.list)}>`;
  if ("map" in type) return `map<string,${hiveTypeOf(type.map)}>`;
  return `struct<${type.struct.map(hiveFieldOf).join(",")}>`;
}

function hiveFieldOf({ name, type }: Column): string {
  return `${name}:${hiveTypeOf(type)}`;
}
