import { createRecordBuffer } from "./record-buffer.ts";
import { createLineSplitter } from "./split-lines.ts";
import type { Piece, SplitOptions, Splitter } from "./splitter.ts";

const LINE = /^(?::|(?<field>event|data|id|retry)(?::|$) ?)/;

/** Tells whether a line begins an event stream; no JSON text begins like this. */
export function isEventStreamLine(line: Uint8Array): boolean {
  return LINE.test(textOf(line));
}

/**
 * Splits server-sent events, as Auth0's Events API writes them: a record is the data of a message, at its first line.
 *
 * Comments and messages without data hold none. A line that is none of the format's is a record of its own, so that
 * nothing is passed over in silence. https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function createEventStreamSplitter(options: SplitOptions): Splitter {
  const lines = createLineSplitter(options);
  const data = createRecordBuffer(options);
  let dataLine: number | undefined;
  let lastLine = 0;

  function endMessage(): readonly Piece[] {
    if (dataLine === undefined) return [];
    const piece = data.take(dataLine);
    dataLine = undefined;
    return [piece];
  }
  function readLine(piece: Piece): readonly Piece[] {
    const isNextMessage = piece.line > lastLine + 1;
    lastLine = piece.line;
    const field = "record" in piece ? LINE.exec(textOf(piece.record)) : null;
    const ended = isNextMessage || field === null ? endMessage() : [];
    if (field === null) return [...ended, piece];
    if ("record" in piece && field.groups?.["field"] === "data") addData(piece.record.subarray(field[0].length), piece);
    return ended;
  }
  function addData(bytes: Uint8Array, { line }: Piece): void {
    if (dataLine !== undefined) data.add(Buffer.from("\n"));
    dataLine ??= line;
    data.add(bytes);
  }
  return {
    push: (chunk) => lines.push(chunk).flatMap(readLine),
    end: () => [...lines.end().flatMap(readLine), ...endMessage()],
  };
}

function textOf(line: Uint8Array): string {
  return Buffer.from(line.subarray(0, 8)).toString("latin1");
}
