import { CHARACTERS } from "#json";
import { createJsonScanner } from "./json-scanner.ts";
import { createRecordBuffer } from "./record-buffer.ts";
import type { Piece, SplitOptions, Splitter } from "./splitter.ts";

const { NEWLINE } = CHARACTERS;

/**
 * Splits JSON texts, one after the other or as items of top-level arrays, pretty-printed or not.
 *
 * An array is never held as a whole, so it may be of any size. A broken remainder is one record.
 */
export function createJsonSplitter(options: SplitOptions): Splitter {
  const buffer = createRecordBuffer(options);
  const scanner = createJsonScanner();
  let line = 1;
  let arrayLine = 0;
  let recordLine: number | undefined;
  let chunk: Uint8Array = new Uint8Array();
  /** Where the record at hand begins in the chunk: 0 when it began in an earlier one. */
  let start = 0;
  let pieces: Piece[] = [];

  function step(at: number): void {
    const byte = chunk[at] ?? 0;
    const meaning = scanner.step(byte);
    if (meaning === "open") arrayLine = line;
    else if (meaning === "first") [recordLine, start] = [line, at];
    else if (meaning === "last") finish(at + 1);
    else if (meaning === "behind") {
      finish(at);
      step(at);
      return;
    }
    if (byte === NEWLINE) line++;
  }
  function finish(end: number): void {
    if (recordLine === undefined) return;
    buffer.add(chunk.subarray(start, end));
    pieces.push(buffer.take(recordLine));
    recordLine = undefined;
  }
  return {
    push(next) {
      [chunk, start, pieces] = [next, 0, []];
      for (let at = 0; at < chunk.length; at++) step(at);
      if (recordLine !== undefined) buffer.add(chunk.subarray(start));
      return pieces;
    },
    end() {
      const remainder = recordLine === undefined ? [] : [buffer.take(recordLine)];
      return scanner.isInArray() ? [...remainder, { unclosed: true, line: arrayLine }] : remainder;
    },
  };
}
