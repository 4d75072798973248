import { EXISTS, NEWER, OK, UNKNOWN } from "../answer.ts";
import { bulkLines } from "../layouts/bulk-lines.ts";
import { newestLines } from "../layouts/newest-script.ts";
import { THROTTLED } from "../outcome.ts";
import type { IndexAnswer, IndexItem } from "../search-index.ts";
import type { Fit } from "./failures.ts";
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
  readonly status: number;
  readonly result: string | undefined;
  readonly error: ItemError;
  /** The order that the document has after the request. */
  readonly order: unknown;
}

/** Parts of the answer that are read. */
export const BULK_ANSWER =
  "errors,items.*.status,items.*.result,items.*.get._source._shield.order,items.*.error.type,items.*.error.reason,items.*.error.caused_by.type";

/** One answer for each item; `fit` says how many of them the index gave. */
export interface BulkReading {
  readonly answers: readonly (IndexAnswer | Ambiguous)[];
  readonly fit: Fit;
}

/**
 * Reads the answer to a `_bulk` request for these items; an item it says nothing of is unknown.
 *
 * Answers are told apart by their places: where there are more or fewer than items, none of them belongs to one.
 */
export function readBulkAnswer(body: Uint8Array, items: readonly IndexItem[]): BulkReading {
  const said = at(readJson(body), "items");
  const results = Array.isArray(said) ? said.map(readResult) : [];
  const own = results.length === items.length ? results : [];
  return {
    answers: items.map((item, position) => readItem(item, own[position])),
    fit: {
      asked: items.length,
      answers: results.length,
      fitting: own.filter((result) => result !== undefined).length,
    },
  };
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Reads `{"create": {"status": 201, …}}`; undefined when there is no status. */
function readResult(said: unknown): ItemResult | undefined {
  const own = Object.values(Object(said))[0];
  const status = at(own, "status");
  if (typeof status !== "number") return undefined;
  const error = at(own, "error");
  const cause = textAt(at(error, "caused_by"), "type");
  return {
    status,
    result: textAt(own, "result"),
    error: { type: textAt(error, "type"), reason: textAt(error, "reason"), caused_by: { type: cause } },
    order: ["get", "_source", "_shield", "order"].reduce(at, own),
  };
}

function at(value: unknown, name: string): unknown {
  return Object(value)[name];
}

function textAt(value: unknown, name: string): string | undefined {
  const text = at(value, name);
  return typeof text === "string" ? text : undefined;
}

function readItem({ action }: IndexItem, said: ItemResult | undefined): IndexAnswer | Ambiguous {
  if (said === undefined) return UNKNOWN;
  const { status, result, error, order } = said;
  const isCreate = action === "create";
  if (result === "noop") return !isCreate && order === action.order ? EXISTS : NEWER;
  if (status === 200 || status === 201) return OK;
  // Other writers of the same entity were faster each time the index tried: nothing is written.
  if (status === 409) return isCreate ? EXISTS : THROTTLED;
  return judgeItem(status, error);
}
