/** Splits a stream of bytes into records. Pure: the same bytes give the same pieces however they are cut into chunks. */
export interface Splitter {
  /** Takes the next bytes, which must never be overwritten: records may be views of them. */
  push(chunk: Uint8Array): readonly Piece[];
  /** Ends the stream; what is left is a piece, whole or not. */
  end(): readonly Piece[];
}

/** `line` is where it starts, from 1. */
export type Piece =
  | { readonly record: Uint8Array; readonly line: number }
  /** A record above the limit: its length in bytes. */
  | { readonly oversize: number; readonly line: number }
  /** An array of records that the end of the stream left open. */
  | { readonly unclosed: true; readonly line: number };

export interface SplitOptions {
  /** Longest record that is kept, in bytes; a longer one is only measured. */
  readonly maxBytes: number;
}
