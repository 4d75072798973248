import { type Backoff, waited } from "../backoff.ts";
import { divide, type RequestLimits } from "../divide.ts";
import { OUT_OF_TIME } from "../outcome.ts";
import { answerOf, pair } from "../pair.ts";
import type { Random } from "../ports.ts";
import type { IndexItem, SearchIndex } from "../search-index.ts";
import { bulkBytes } from "./bulk.ts";
import { settleAmbiguous, type WrittenItem } from "./settle-ambiguous.ts";
import { type BulkAnswer, type BulkOptions, writeBulk } from "./write-bulk.ts";

export interface OpenSearchOptions extends BulkOptions {
  readonly random: Random;
}

/** Bytes of a request before compression: AWS advises 5 to 15 MiB. */
const MAX_BYTES = 5 * 1_048_576;
const MAX_ITEMS = 1_000;

const REQUEST: RequestLimits<IndexItem> = { items: MAX_ITEMS, bytes: MAX_BYTES, bytesOf: bulkBytes };

const WAITS: Backoff = { firstMs: 100, longestMs: 5_000 };

/** A search index of OpenSearch, written by `_bulk`. Items that are refused for now are tried again until the deadline. */
export function createOpenSearchIndex(options: OpenSearchOptions): SearchIndex {
  return {
    async write(items, deadlineMs) {
      const written: WrittenItem[] = [];
      for (const request of divide(items, REQUEST)) written.push(...(await writeUntil(options, request, deadlineMs)));
      return settleAmbiguous(written, {
        writeAlone: (item) => writeAlone(options, item, deadlineMs),
        waited: (attempt) => waited(attempt, WAITS, { ...options, deadlineMs }),
      });
    },
  };
}

/** Writes the items, then those that asked for it again, until all are settled or the time is over. */
async function writeUntil(
  options: OpenSearchOptions,
  items: readonly IndexItem[],
  deadlineMs: number,
): Promise<readonly WrittenItem[]> {
  const written = items.map((item) => ({ item, answer: OUT_OF_TIME as BulkAnswer }));
  let open = written;
  for (let attempt = 1; open.length > 0 && options.clock.nowMs() < deadlineMs; attempt++) {
    const tried = open.map(({ item }) => item);
    for (const [each, answer] of pair(open, await writeBulk(options, tried, deadlineMs))) each.answer = answer;
    open = open.filter(({ answer }) => isWorthAnotherTry(answer));
    if (open.length === 0 || !(await waited(attempt, WAITS, { ...options, deadlineMs }))) break;
  }
  return written;
}

async function writeAlone(options: OpenSearchOptions, item: IndexItem, deadlineMs: number): Promise<BulkAnswer> {
  return answerOf(new Map(pair([item], await writeBulk(options, [item], deadlineMs))), item);
}

/** What names a time to come back is given to whoever can wait that long. */
function isWorthAnotherTry(answer: BulkAnswer): boolean {
  return answer.kind === "unknown" || (answer.kind === "retry" && answer.afterMs === undefined);
}
