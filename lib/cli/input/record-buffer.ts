import type { Piece, SplitOptions } from "./splitter.ts";

/** Gathers the bytes of one record across chunks, in no more memory than the limit. */
export interface RecordBuffer {
  readonly length: number;
  add(bytes: Uint8Array): void;
  /** Returns what was gathered and begins anew. */
  take(line: number): Piece;
}

export function createRecordBuffer({ maxBytes }: SplitOptions): RecordBuffer {
  let parts: Uint8Array[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(bytes) {
      length += bytes.length;
      if (length > maxBytes) parts = [];
      else if (bytes.length > 0) parts.push(bytes);
    },
    take(line) {
      const [first = new Uint8Array()] = parts;
      const piece =
        length > maxBytes
          ? { oversize: length, line }
          : { record: parts.length > 1 ? Buffer.concat(parts) : first, line };
      parts = [];
      length = 0;
      return piece;
    },
  };
}
