import { UNKNOWN } from "../answer.ts";
import { type Backoff, waited } from "../backoff.ts";
import { divide, type RequestLimits } from "../divide.ts";
import { OUT_OF_TIME } from "../outcome.ts";
import type { Random } from "../ports.ts";
import type { IndexItem, SearchIndex } from "../search-index.ts";
import { bulkBytes } from "./bulk.ts";
import { AMBIGUOUS } from "./refusals.ts";
import { settleAmbiguous } from "./settle-ambiguous.ts";
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
      const answers: BulkAnswer[] = [];
      for (const request of divide(items, REQUEST)) answers.push(...(await writeUntil(options, request, deadlineMs)));
      return settleAmbiguous(items, answers, {
        writeAlone: async (item) => (await writeBulk(options, [item], deadlineMs))[0] ?? AMBIGUOUS,
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
): Promise<readonly BulkAnswer[]> {
  const results = new Array<BulkAnswer>(items.length).fill(OUT_OF_TIME);
  let open = items.map((_, position) => position);
  for (let attempt = 1; open.length > 0 && options.clock.nowMs() < deadlineMs; attempt++) {
    const answers = await writeBulk(
      options,
      open.map((position) => items[position] as IndexItem),
      deadlineMs,
    );
    for (const [order, position] of open.entries()) results[position] = answers[order] ?? UNKNOWN;
    open = open.filter((position) => isWorthAnotherTry(results[position]));
    if (open.length === 0 || !(await waited(attempt, WAITS, { ...options, deadlineMs }))) break;
  }
  return results;
}

/** What names a time to come back is given to whoever can wait that long. */
function isWorthAnotherTry(answer: BulkAnswer | undefined): boolean {
  return answer?.kind === "unknown" || (answer?.kind === "retry" && answer.afterMs === undefined);
}
