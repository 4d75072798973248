import { EXISTS, NEWER, OK } from "../answer.ts";
import { bulkLines } from "../layouts/bulk-lines.ts";
import { newestLines } from "../layouts/newest-script.ts";
import { THROTTLED } from "../outcome.ts";
import type { IndexAnswer, IndexItem } from "../search-index.ts";
import { type Ambiguous, type ItemError, judgeItem } from "./refusals.ts";

/** Writes items as the body of a `_bulk` request: two lines each, a newline at the end. */
export function bulkBody(items: readonly IndexItem[]): Buffer {
  return Buffer.concat(items.map(linesOf));
}

/** Bytes an item takes in the body. */
export function bulkBytes(item: IndexItem): number {
  return linesOf({ ...item, document: NOTHING }).byteLength + item.document.byteLength;
}

const NOTHING = new Uint8Array();

function linesOf({ index, id, action, document }: IndexItem): Uint8Array {
  if (action !== "create") return newestLines({ index, id, order: action.order, document });
  return bulkLines({ create: { _index: index, _id: id } }, document);
}

interface ItemResult {
  readonly status?: number;
  readonly result?: string;
  readonly error?: ItemError;
  /** The order that the document has after the request. */
  readonly get?: { readonly _source?: { readonly _shield?: { readonly order?: string } } };
}

/** Parts of the answer that are read. */
export const BULK_ANSWER =
  "errors,items.*.status,items.*.result,items.*.get._source._shield.order,items.*.error.type,items.*.error.reason,items.*.error.caused_by.type";

/** Reads the answer to a `_bulk` request for these items; undefined when it is none. */
export function readBulkAnswer(
  body: Uint8Array,
  items: readonly IndexItem[],
): readonly (IndexAnswer | Ambiguous)[] | undefined {
  try {
    const { items: results } = JSON.parse(Buffer.from(body).toString("utf8")) as {
      readonly items?: readonly Record<string, ItemResult>[];
    };
    if (results?.length !== items.length) return undefined;
    return items.map((item, position) => readItem(item, Object.values(results[position] ?? {})[0] ?? {}));
  } catch {
    return undefined;
  }
}

function readItem({ action }: IndexItem, { status = 0, result, error, get }: ItemResult): IndexAnswer | Ambiguous {
  const isCreate = action === "create";
  if (result === "noop") return !isCreate && get?._source?._shield?.order === action.order ? EXISTS : NEWER;
  if (status === 200 || status === 201) return OK;
  // Other writers of the same entity were faster each time the index tried: nothing is written.
  if (status === 409) return isCreate ? EXISTS : THROTTLED;
  return judgeItem(status, error);
}
