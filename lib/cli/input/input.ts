import type { ConfigError } from "#errors";

/** One piece of input: a record to read, a record that is too large to be kept, or a file that could not be read to its end, or is none. */
export type InputItem = InputRecord | OversizeRecord | InputProblem | InputUnread;

/** The bytes of one record; they are never overwritten. `file` is as the user wrote it, `line` is where it starts, from 1. */
export interface InputRecord {
  readonly record: Uint8Array;
  readonly file: string;
  readonly line: number;
}

/** A record above the limit: it counts as one, but its bytes are gone. */
export interface OversizeRecord {
  /** Its length in bytes. */
  readonly oversize: number;
  readonly file: string;
  readonly line: number;
}

/** Something the user has to put right; everything else is read all the same. */
export interface InputProblem {
  readonly problem: ConfigError;
  readonly file: string;
}

/** What stands in a folder and was not read, since it is not taken for input. */
export interface InputUnread {
  readonly unread: ConfigError;
  readonly file: string;
}

/** How far the reading is. */
export interface InputProgress {
  /** Bytes as they are stored: of a compressed file, the compressed ones. */
  readonly bytesRead: number;
  /** Absent while the size of an input is unknown, as that of a pipe is. */
  readonly totalBytes?: number;
}

/** What `openInputs` opens. `items` can be read once, in order. */
export interface Inputs {
  readonly items: AsyncIterable<InputItem>;
  progress(): InputProgress;
}
