import { gzipSync } from "node:zlib";
import { OUT_OF_TIME } from "../outcome.ts";
import type { Clock } from "../ports.ts";
import type { IndexAnswer, IndexItem } from "../search-index.ts";
import { BULK_ANSWER, bulkBody, readBulkAnswer } from "./bulk.ts";
import { misfitOf, refused } from "./failures.ts";
import { AMBIGUOUS, type Ambiguous, judgeItem, judgeRequest } from "./refusals.ts";
import type { Post, PostAnswer } from "./signed-post.ts";

export interface BulkOptions {
  readonly post: Post;
  readonly clock: Clock;
  /** Learns of requests that are refused until somebody changes something. */
  readonly onRefused?: (refusal: Error) => void;
}

/** What an index says of an item of one request. */
export type BulkAnswer = IndexAnswer | Ambiguous;

/** Longest wait for one answer. */
const ANSWER_MS = 20_000;

/** Statuses of a request that is refused for one of its items. */
const FOR_ONE: ReadonlySet<number | undefined> = new Set([400, 413]);

/**
 * Writes items in one request, which is halved while it is refused for one of them. Answer i belongs to item i.
 *
 * Nothing begins after the deadline.
 */
export async function writeBulk(
  options: BulkOptions,
  items: readonly IndexItem[],
  deadlineMs: number,
): Promise<readonly BulkAnswer[]> {
  const written = await writeOnce(options, items, deadlineMs);
  return typeof written === "number" ? writeHalves(options, items, { status: written, deadlineMs }) : written;
}

/** Answers of one request, or its status where it was refused for one of the items. */
async function writeOnce(
  options: BulkOptions,
  items: readonly IndexItem[],
  deadlineMs: number,
): Promise<readonly BulkAnswer[] | number> {
  if (options.clock.nowMs() >= deadlineMs) return items.map(() => OUT_OF_TIME);
  const response = await postBulk(options, items, deadlineMs);
  if (response?.status === 200) return readAnswers(options, items, response.body);
  const status = response?.status;
  if (status !== undefined && FOR_ONE.has(status)) return status;
  const answer = judgeRequest(status);
  const isDenied = answer.kind === "retry" && answer.code === "SINK_DENIED";
  if (isDenied) options.onRefused?.(refused("the search index", { name: "status", status: status ?? 0 }));
  return items.map(() => answer);
}

/** What the answer says nothing of is unknown, and told. */
function readAnswers({ onRefused }: BulkOptions, items: readonly IndexItem[], body: Uint8Array): readonly BulkAnswer[] {
  const { fit, answers } = readBulkAnswer(body, items);
  const misfit = misfitOf("the search index", fit);
  if (misfit !== undefined) onRefused?.(misfit);
  return answers;
}

/**
 * Divides a request that was refused as a whole, until the item that it is refused for stands alone.
 *
 * Where that says nothing for certain and the first half is refused to its last item, the second is tried once as it is:
 * then the index seems to take nothing at all.
 */
async function writeHalves(
  options: BulkOptions,
  items: readonly IndexItem[],
  { status, deadlineMs }: { readonly status: number; readonly deadlineMs: number },
): Promise<readonly BulkAnswer[]> {
  if (items.length === 1) return [judgeItem(status)];
  const middle = Math.ceil(items.length / 2);
  const first = await writeBulk(options, items.slice(0, middle), deadlineMs);
  const rest = items.slice(middle);
  if (!first.every(({ kind }) => kind === "ambiguous"))
    return [...first, ...(await writeBulk(options, rest, deadlineMs))];
  const second = await writeOnce(options, rest, deadlineMs);
  return [...first, ...(typeof second === "number" ? rest.map(() => AMBIGUOUS) : second)];
}

async function postBulk(
  { post, clock }: BulkOptions,
  items: readonly IndexItem[],
  deadlineMs: number,
): Promise<PostAnswer | undefined> {
  const request = {
    path: "_bulk",
    query: { filter_path: BULK_ANSWER },
    headers: { "content-type": "application/x-ndjson", "content-encoding": "gzip" },
    body: gzipSync(bulkBody(items), { level: 1 }),
  };
  return post(request, Math.max(1, Math.min(ANSWER_MS, deadlineMs - clock.nowMs())));
}
