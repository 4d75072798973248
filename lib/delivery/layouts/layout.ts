import type { Rejected } from "../outcome.ts";
import type { Delivery } from "../ports.ts";

/** What a processor's objects look like: which delivery goes where, and what their bytes are. */
export interface Layout<Row> {
  /** Reads a delivery before anything is claimed for it, so that one that does not fit is told apart in time. */
  prepare(delivery: Delivery): Prepared<Row> | Rejected;
  /** Key of an object of a partition; `name` is unique. */
  objectKey(partition: string, name: string): string;
  /** Writes an object; no rows give a valid object with no rows, which serves as a tombstone. */
  encode(rows: readonly Row[]): Uint8Array;
}

export interface Prepared<Row> {
  /** Deliveries of one partition share objects. */
  readonly partition: string;
  readonly row: Row;
}
