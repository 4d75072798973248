import type { ColumnValue } from "./column-value.ts";
import type { Table } from "./table.ts";

/** What a format needs of a delivery. */
export interface FormatRecord {
  readonly deliveryId: string;
  /** What travels with the record, by the names of the plan's envelope. */
  readonly envelope?: Readonly<Record<string, string>>;
  readonly payload: Uint8Array;
}

/** One row, read and checked before anything is claimed for it. */
export interface Row {
  readonly record: FormatRecord;
  /** Values in column order; empty in formats that write the payload as it is. */
  readonly values: readonly ColumnValue[];
}

/** A way to write many records into one object. */
export interface Format {
  /** Ending of the object's key, with the dot. */
  readonly extension: string;
  readonly contentType: string;
  /** Reads a record, so that one that does not fit is told apart before its neighbours depend on it. */
  read(record: FormatRecord): Row | NotRepresentable;
  /** Writes the rows, sorted by the type where they hold it. No rows give a valid object with no rows: a tombstone. */
  encode(rows: readonly Row[]): Uint8Array;
}

export interface NotRepresentable {
  readonly reject: "NOT_REPRESENTABLE";
  /** Name of the column. */
  readonly column: string;
}

/** What a format is, for the docs and for whoever offers a choice. */
export interface FormatFacts {
  readonly summary: string;
  create(table: Table): Format;
}

/** Sorts rows by event type, keeping their order within a type: a sorted column costs next to nothing to store. */
export function sortedByType(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((left, right) => compare(typeOf(left), typeOf(right)));
}

/** As it leaves: the order of rows tells no more than their column. */
function typeOf({ record: { envelope } }: Row): string {
  return envelope?.["type"] ?? "";
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
