import { CHARACTERS, isBlank } from "#json";
import type { Channel } from "./envelope.ts";
import { findProblem } from "./find-problem.ts";
import { LINES_CHANNELS } from "./forms.ts";
import { MAX_RECORD_ITEMS } from "./limits.ts";
import { objectsIn } from "./places.ts";

const { NEWLINE } = CHARACTERS;

/**
 * Splits a record that is no JSON text into the texts it may be: JSON lines, or objects one after the other as Firehose
 * writes them. Nothing where the first of them is not JSON by itself, as that of a broken object is not; one more than a
 * record may have when there are too many.
 */
export function splitRecord(record: Uint8Array, { kind }: Channel): readonly Uint8Array[] {
  if (!LINES_CHANNELS.includes(kind)) return [];
  return [splitLines, splitObjects].map((split) => split(record)).find(isSplit) ?? [];
}

function isSplit([first, ...others]: readonly Uint8Array[]): boolean {
  return first !== undefined && others.length > 0 && findProblem(first) === undefined;
}

function splitLines(record: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < record.length && lines.length <= MAX_RECORD_ITEMS; ) {
    const end = record.indexOf(NEWLINE, start);
    const line = record.subarray(start, end === -1 ? undefined : end);
    if (!isBlank(line)) lines.push(line);
    start += line.length + 1;
  }
  return lines;
}

function splitObjects(record: Uint8Array): readonly Uint8Array[] {
  return objectsIn(record, MAX_RECORD_ITEMS + 1).map(({ start, end }) => record.subarray(start, end));
}
