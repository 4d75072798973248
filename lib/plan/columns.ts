/**
 * Type of a column of a table, independent of any file format.
 *
 * `INT64` holds every 64-bit integer without loss; `TIMESTAMP` is UTC with microseconds; `JSON` is the compact text of a
 * value whose inside is not declared.
 */
export type ColumnType =
  | "STRING"
  | "BOOLEAN"
  | "INT64"
  | "DOUBLE"
  | "TIMESTAMP"
  | "JSON"
  | { readonly list: ColumnType }
  | { readonly map: ColumnType }
  | { readonly struct: readonly Column[] };

/** A column; every column may be null. New columns are added at the end, so that older objects stay readable. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Search indexes offer prefix search on it (`search_as_you_type`). */
  readonly searchAsYouType?: true;
}
