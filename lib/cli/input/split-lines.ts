import { CHARACTERS, isBlank } from "#json";
import { createRecordBuffer } from "./record-buffer.ts";
import type { Piece, SplitOptions, Splitter } from "./splitter.ts";

const { NEWLINE } = CHARACTERS;

const CARRIAGE_RETURN = 0x0d;

/** Splits NDJSON: a record per line, blank lines left out; the last line needs no newline, and `\r\n` ends a line too. */
export function createLineSplitter(options: SplitOptions): Splitter {
  const buffer = createRecordBuffer(options);
  let line = 1;

  function takeLine(): readonly Piece[] {
    const piece = buffer.take(line++);
    if (!("record" in piece)) return [piece];
    const record = piece.record.at(-1) === CARRIAGE_RETURN ? piece.record.subarray(0, -1) : piece.record;
    return isBlank(record) ? [] : [{ ...piece, record }];
  }
  return {
    push(chunk) {
      const pieces: Piece[] = [];
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
        buffer.add(chunk.subarray(start, end));
        pieces.push(...takeLine());
        start = end + 1;
      }
      buffer.add(chunk.subarray(start));
      return pieces;
    },
    end: () => takeLine(),
  };
}
