import { isBlank } from "#json";
import { peek } from "./peek.ts";

/** How much of a file is looked at, in bytes. */
const PEEK_BYTES = 4096;

/**
 * How a stream of JSON objects begins, alone or in an array, behind a byte order mark or not. A bracket alone is not
 * enough: lines of logs begin with one.
 */
const RECORDS = /^(?:\u00ef\u00bb\u00bf)?\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[[{\]"]|$))/;

/** How server-sent events begin, down to the first data. */
const EVENT_STREAM = /^(?:\u00ef\u00bb\u00bf)?(?:(?:(?::|event:|id:|retry:)[^\n]*)?\r?\n)*data: ?\{/;

/** Hands out the stream when it begins as records do, or holds nothing; undefined, and closed, when it is something else. */
export async function onlyRecords(chunks: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array> | undefined> {
  const { head, whole, close } = await peek(chunks, PEEK_BYTES);
  const text = Buffer.from(head).toString("latin1");
  if (isBlank(head) || RECORDS.test(text) || EVENT_STREAM.test(text)) return whole;
  await close();
  return undefined;
}
