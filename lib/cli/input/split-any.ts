import { CHARACTERS } from "#json";
import { createEventStreamSplitter, isEventStreamLine } from "./split-event-stream.ts";
import { createJsonSplitter } from "./split-json.ts";
import { createLineSplitter } from "./split-lines.ts";
import type { Piece, SplitOptions, Splitter } from "./splitter.ts";

const { NEWLINE, SPACE } = CHARACTERS;

type CreateSplitter = (options: SplitOptions) => Splitter;

/**
 * Splits what has no name to go by, such as standard input, by the first line that is not blank: an event stream when it
 * begins as one does, NDJSON when it is one record, else JSON texts.
 */
export function createAnySplitter(options: SplitOptions): Splitter {
  let head: Uint8Array = new Uint8Array();
  let chosen: Splitter | undefined;

  function choose(create: CreateSplitter): readonly Piece[] {
    chosen = create(options);
    return chosen.push(head);
  }
  return {
    push(chunk) {
      if (chosen !== undefined) return chosen.push(chunk);
      head = Buffer.concat([head, chunk]);
      const create = recognise(head, options);
      return create === undefined ? [] : choose(create);
    },
    end() {
      const pieces =
        chosen === undefined ? choose(isEventStreamLine(head) ? createEventStreamSplitter : createJsonSplitter) : [];
      return [...pieces, ...(chosen?.end() ?? [])];
    },
  };
}

/** Undefined while the first line may go on. */
function recognise(head: Uint8Array, options: SplitOptions): CreateSplitter | undefined {
  const seen = head.subarray(0, options.maxBytes + 1);
  const start = seen.findIndex((byte) => byte > SPACE);
  const end = start === -1 ? -1 : seen.indexOf(NEWLINE, start);
  if (end !== -1) return byLine(seen.subarray(start, end + 1), options);
  return head.length > options.maxBytes ? byBeginning(seen, options) : undefined;
}

function byLine(line: Uint8Array, options: SplitOptions): CreateSplitter {
  if (isEventStreamLine(line)) return createEventStreamSplitter;
  const splitter = createJsonSplitter(options);
  const records = splitter.push(line);
  const isOneRecord = records.length === 1 && splitter.end().length === 0;
  return isOneRecord ? createLineSplitter : createJsonSplitter;
}

/** A line above the limit is no reason to wait for its end: it may hold many records. */
function byBeginning(seen: Uint8Array, options: SplitOptions): CreateSplitter {
  return createJsonSplitter(options).push(seen).length > 0 ? createJsonSplitter : createLineSplitter;
}
