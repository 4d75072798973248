import { EXISTS, NEWER, OK } from "../answer.ts";
import type { IndexAnswer, IndexItem } from "../search-index.ts";
import { type Ambiguous, type ItemError, judgeItem } from "./refusals.ts";

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
  readonly error?: ItemError;
}

/** Reads the answer to a `_bulk` request; undefined when it is not one for so many items. */
export function readBulkAnswer(body: Uint8Array, count: number): readonly (IndexAnswer | Ambiguous)[] | undefined {
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

function readItem({ status = 0, error }: ItemResult): IndexAnswer | Ambiguous {
  if (status === 200 || status === 201) return OK;
  if (status === 409) return readConflict(error?.reason ?? "");
  return judgeItem(status, error);
}

/** The answer names both versions; a conflict of `create` names none that is provided. */
function readConflict(reason: string): IndexAnswer {
  const [, known, own] =
    /current version \[(\d+)\] is higher or equal to the one provided \[(\d+)\]/.exec(reason) ?? [];
  return known === own ? EXISTS : NEWER;
}
