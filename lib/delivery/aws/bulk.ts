import { EXISTS, NEWER, OK, UNKNOWN } from "../answer.ts";
import { rejected, retry } from "../outcome.ts";
import type { IndexAnswer, IndexItem } from "../search-index.ts";

const NEWLINE = Buffer.from("\n");

/** Writes items as the body of a `_bulk` request: an action line and a document line each, a newline at the end. */
export function bulkBody(items: readonly IndexItem[]): Buffer {
  return Buffer.concat(items.flatMap((item) => [Buffer.from(actionLine(item)), NEWLINE, item.document, NEWLINE]));
}

/** Bytes an item takes in the body, near enough to divide requests by. */
export function bulkBytes(item: IndexItem): number {
  return actionLine(item).length + item.document.byteLength + 2;
}

/** The version is written as the text of the integer: it can be above what a double holds. */
function actionLine({ index, id, action }: IndexItem): string {
  const target = `"_index":${JSON.stringify(index)},"_id":${JSON.stringify(id)}`;
  if (action === "create") return `{"create":{${target}}}`;
  return `{"index":{${target},"version":${action.version},"version_type":"external"}}`;
}

interface ItemResult {
  readonly status?: number;
  readonly error?: { readonly type?: string; readonly reason?: string };
}

/** Reads the answer to a `_bulk` request; undefined when it is not one for so many items. */
export function readBulkAnswer(body: Uint8Array, count: number): readonly IndexAnswer[] | undefined {
  try {
    const { items } = JSON.parse(Buffer.from(body).toString("utf8")) as {
      readonly items?: readonly Record<string, ItemResult>[];
    };
    if (items?.length !== count) return undefined;
    return items.map((item) => readItem(Object.values(item)[0] ?? {}));
  } catch {
    return undefined;
  }
}

function readItem({ status = 0, error }: ItemResult): IndexAnswer {
  if (status === 200 || status === 201) return OK;
  if (status === 409) return readConflict(error?.reason ?? "");
  return ITEM_STATUSES.get(error?.type ?? "") ?? ITEM_STATUSES.get(status) ?? UNKNOWN;
}

/** A minute: blocks and missing indexes are put right by people. */
const BLOCKED_MS = 60_000;

/** What becomes of an item by its error's type or its status; anything else is unknown and tried again. */
const ITEM_STATUSES: ReadonlyMap<string | number, IndexAnswer> = new Map<string | number, IndexAnswer>([
  ["cluster_block_exception", retry("SINK_THROTTLED", BLOCKED_MS)],
  [400, rejected("SINK_REFUSED")],
  [403, retry("SINK_DENIED", BLOCKED_MS)],
  [404, retry("SINK_DENIED", BLOCKED_MS)],
  [413, rejected("TOO_LARGE")],
  [429, retry("SINK_THROTTLED")],
]);

/** The answer names both versions; a conflict of `create` names none that is provided. */
function readConflict(reason: string): IndexAnswer {
  const [, known, own] =
    /current version \[(\d+)\] is higher or equal to the one provided \[(\d+)\]/.exec(reason) ?? [];
  return known === own ? EXISTS : NEWER;
}
