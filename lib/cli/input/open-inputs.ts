import { MAX_RECORD_BYTES } from "#feeds";
import { decompress } from "./decompress.ts";
import type { InputItem, InputProblem, Inputs } from "./input.ts";
import { type LookupOptions, listSources } from "./list-sources.ts";
import { readingProblem, unclosedProblem, unread } from "./problems.ts";
import { onlyRecords } from "./recognise.ts";
import { skipByteOrderMark } from "./skip-byte-order-mark.ts";
import type { InputSource } from "./source.ts";
import type { Piece, SplitOptions } from "./splitter.ts";

export interface OpenOptions extends LookupOptions {
  /** Longest record that is kept, in bytes; 8 MiB unless told. */
  readonly maxRecordBytes?: number;
}

/**
 * Finds what the operands name and opens it for reading, one record at a time and in bounded memory.
 *
 * Never throws for an input that is missing, unreadable or damaged: that is an item of its own, and everything else is
 * read.
 */
export async function openInputs(operands: readonly string[], options: OpenOptions): Promise<Inputs> {
  const listed = await listSources(operands, options);
  const totalBytes = sumOf(listed.map((item) => ("open" in item ? item.size : 0)));
  const { maxRecordBytes: maxBytes = MAX_RECORD_BYTES } = options;
  let bytesRead = 0;

  async function* read(): AsyncGenerator<InputItem> {
    for (const item of listed) {
      if (!("open" in item)) yield item;
      else yield* readSource({ ...item, open: () => count(item.open()) }, { maxBytes });
    }
  }
  async function* count(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      bytesRead += chunk.length;
      yield chunk;
    }
  }
  return {
    items: read(),
    progress: () => ({ bytesRead, ...(totalBytes === undefined ? {} : { totalBytes }) }),
  };
}

function sumOf(sizes: readonly (number | undefined)[]): number | undefined {
  return sizes.reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
}

/** Reads one source; what is left of it when it breaks off is read too, before the problem is told. */
async function* readSource(source: InputSource, options: SplitOptions): AsyncGenerator<InputItem> {
  const { file, isGzip, isUnknown } = source;
  const splitter = skipByteOrderMark(source.createSplitter(options));
  let failure: InputProblem | undefined;
  try {
    const found = decompress(source.open(), isGzip);
    const content = isUnknown ? await onlyRecords(found) : found;
    if (content === undefined) return yield unread(file, "noRecords");
    for await (const chunk of content) {
      for (const piece of splitter.push(chunk)) yield itemOf(piece, file);
    }
  } catch (error) {
    failure = readingProblem(file, error);
  }
  const isOfInterest = (piece: Piece) => failure === undefined || !("unclosed" in piece);
  for (const piece of splitter.end().filter(isOfInterest)) yield itemOf(piece, file);
  if (failure !== undefined) yield failure;
}

function itemOf(piece: Piece, file: string): InputItem {
  return "unclosed" in piece ? unclosedProblem(file, piece.line) : { ...piece, file };
}
