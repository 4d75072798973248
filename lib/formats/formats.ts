import type { FormatName, Plan } from "#plan";
import type { Format, FormatFacts } from "./format.ts";
import { tableOf } from "./table.ts";

/** Every format of objects in a lake, by the name policies use. Loaded when used: a Lambda needs one of them. */
const FORMATS: Readonly<Record<FormatName, () => Promise<FormatFacts>>> = {
  JSON: async () => (await import("./ndjson.ts")).ndjson,
  SEALED: async () => (await import("./ndjson.ts")).sealedLines,
  PARQUET: async () => (await import("./parquet.ts")).parquet,
  AVRO: async () => (await import("./avro.ts")).avro,
};

/** Makes the format of a plan's objects. */
export async function formatOf(plan: Plan): Promise<Format> {
  const { create } = await FORMATS[plan.delivery.format]();
  return create(tableOf(plan));
}
