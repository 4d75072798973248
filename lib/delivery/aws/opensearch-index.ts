import { gzipSync } from "node:zlib";
import { DeliveryError } from "#errors";
import { UNKNOWN } from "../answer.ts";
import { type Backoff, backoffMs } from "../backoff.ts";
import { rejected, retry } from "../outcome.ts";
import type { Clock, Random } from "../ports.ts";
import type { IndexAnswer, IndexItem, SearchIndex } from "../search-index.ts";
import { bulkBody, bulkBytes, readBulkAnswer } from "./bulk.ts";
import type { Post, PostAnswer } from "./signed-post.ts";

export interface OpenSearchOptions {
  readonly post: Post;
  readonly clock: Clock;
  readonly random: Random;
}

/** Bytes of a request before compression: AWS advises 5 to 15 MiB. */
const MAX_BYTES = 5 * 1_048_576;
const MAX_ITEMS = 1_000;

/** Longest wait for one answer. */
const ANSWER_MS = 20_000;

const WAITS: Backoff = { firstMs: 100, longestMs: 5_000 };

const NO_PERMISSION: ReadonlySet<number> = new Set([401, 403, 404]);

/** A search index of OpenSearch, written by `_bulk`. Items that are refused for now are tried again until the deadline. */
export function createOpenSearchIndex(options: OpenSearchOptions): SearchIndex {
  return {
    async write(items, deadlineMs) {
      const results: IndexAnswer[] = [];
      for (const request of divide(items)) results.push(...(await writeUntil(options, request, deadlineMs)));
      return results;
    },
  };
}

function divide(items: readonly IndexItem[]): readonly (readonly IndexItem[])[] {
  const requests: IndexItem[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const last = requests.at(-1);
    bytes += bulkBytes(item);
    if (last !== undefined && last.length < MAX_ITEMS && bytes <= MAX_BYTES) {
      last.push(item);
    } else {
      requests.push([item]);
      bytes = bulkBytes(item);
    }
  }
  return requests;
}

/** Writes the items, then those that asked for it again, until all are settled or the time is over. */
async function writeUntil(
  options: OpenSearchOptions,
  items: readonly IndexItem[],
  deadlineMs: number,
): Promise<readonly IndexAnswer[]> {
  const results = new Array<IndexAnswer>(items.length).fill(retry("OUT_OF_TIME"));
  let open = items.map((_, position) => position);
  for (let attempt = 1; open.length > 0 && options.clock.nowMs() < deadlineMs; attempt++) {
    const answers = await writeOnce(
      options,
      open.map((position) => items[position] as IndexItem),
      deadlineMs,
    );
    for (const [order, position] of open.entries()) results[position] = answers[order] ?? UNKNOWN;
    open = open.filter((position) => isWorthAnotherTry(results[position]));
    if (open.length === 0 || !(await waited(options, attempt, deadlineMs))) break;
  }
  return results;
}

/** What names a time to come back is given to whoever can wait that long. */
function isWorthAnotherTry(answer: IndexAnswer | undefined): boolean {
  return answer?.kind === "unknown" || (answer?.kind === "retry" && answer.afterMs === undefined);
}

async function waited({ clock, random }: OpenSearchOptions, attempt: number, deadlineMs: number): Promise<boolean> {
  const waitMs = backoffMs(attempt, WAITS, random);
  if (clock.nowMs() + waitMs >= deadlineMs) return false;
  await clock.sleep(waitMs);
  return true;
}

async function writeOnce(
  options: OpenSearchOptions,
  items: readonly IndexItem[],
  deadlineMs: number,
): Promise<readonly IndexAnswer[]> {
  const response = await postBulk(options, items, deadlineMs);
  const answers = response?.status === 200 ? readBulkAnswer(response.body, items.length) : undefined;
  if (answers !== undefined) return answers;
  const status = response?.status;
  if (status === 413 || status === 400) return writeHalves(options, items, { status, deadlineMs });
  if (status !== undefined && NO_PERMISSION.has(status)) {
    throw new DeliveryError("SINK_DENIED", `expected the search index to take the request, got status ${status}`, {
      retryable: true,
    });
  }
  return items.map(() => (status === 429 || status === 503 ? retry("SINK_THROTTLED") : UNKNOWN));
}

/** A request refused as a whole is divided until the item that it is refused for stands alone. */
async function writeHalves(
  options: OpenSearchOptions,
  items: readonly IndexItem[],
  { status, deadlineMs }: { readonly status: 413 | 400; readonly deadlineMs: number },
): Promise<readonly IndexAnswer[]> {
  if (items.length === 1) return [rejected(status === 413 ? "TOO_LARGE" : "SINK_REFUSED")];
  const middle = Math.ceil(items.length / 2);
  const first = await writeOnce(options, items.slice(0, middle), deadlineMs);
  return [...first, ...(await writeOnce(options, items.slice(middle), deadlineMs))];
}

/** Parts of the answer that are read. */
const FILTER = "errors,items.*.status,items.*.error.type,items.*.error.reason";

async function postBulk(
  { post, clock }: OpenSearchOptions,
  items: readonly IndexItem[],
  deadlineMs: number,
): Promise<PostAnswer | undefined> {
  const request = {
    path: "_bulk",
    query: { filter_path: FILTER },
    headers: { "content-type": "application/x-ndjson", "content-encoding": "gzip" },
    body: gzipSync(bulkBody(items), { level: 1 }),
  };
  return post(request, Math.max(1, Math.min(ANSWER_MS, deadlineMs - clock.nowMs())));
}
