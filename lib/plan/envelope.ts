import type { DeliverySpec, FormatName } from "./plan.ts";

/** The member that carries the envelope of a JSON record. No event field of this name passes beside it. */
export const ENVELOPE_NAME = "_shield";

/** Version of the envelope. A part may be added to it; what a part means, and its name, stays as long as this number. */
export const ENVELOPE_VERSION = 1;

/** Whether a format's files have columns: then what travels with a record stands in them, and not in its payload. */
const COLUMNS: Readonly<Record<FormatName, boolean>> = { JSON: false, SEALED: false, PARQUET: true, AVRO: true };

export function hasColumns({ format }: Pick<DeliverySpec, "format">): boolean {
  return COLUMNS[format];
}

/** The name of the column that holds a part of the envelope. */
export function columnOfPart(name: string): string {
  return `_${name}`;
}
