import { rejected } from "../outcome.ts";
import type { IndexAnswer, IndexItem } from "../search-index.ts";
import { DENIED } from "./refusals.ts";
import type { BulkAnswer } from "./write-bulk.ts";

/** An item and how far it got. */
export interface WrittenItem {
  readonly item: IndexItem;
  readonly answer: BulkAnswer;
}

/** How an index is asked about one item. */
export interface Asking {
  /** Writes the item in a request of its own. */
  writeAlone(item: IndexItem): Promise<BulkAnswer>;
  /** Waits before the next try; false = there is no time for it. The first is 1. */
  waited(attempt: number): Promise<boolean>;
}

/** How often an item is refused alone before it is to blame. */
const TRIES_ALONE = 3;

/** Items looked into in one go: where more are refused, it is hardly them. */
const MOST_SUSPECTS = 5;

const WRITTEN: ReadonlySet<BulkAnswer["kind"]> = new Set(["ok", "exists", "newer"]);

/**
 * Finds out whether items that were refused for an unknown reason are to blame, or their index is.
 *
 * An item is rejected when it was refused alone three times and its index took another item before and still takes it
 * after. Writing that one again changes nothing. Every other item is denied, and so waits.
 */
export async function settleAmbiguous(
  written: readonly WrittenItem[],
  asking: Asking,
): Promise<readonly IndexAnswer[]> {
  const settled: IndexAnswer[] = [];
  let suspects = 0;
  const taken = written.filter(({ answer }) => WRITTEN.has(answer.kind)).map(({ item }) => item);
  for (const { item, answer } of written) {
    const witness = taken.find(({ index }) => index === item.index);
    if (answer.kind !== "ambiguous") settled.push(answer);
    else if (witness === undefined || ++suspects > MOST_SUSPECTS) settled.push(DENIED);
    else settled.push(await findOut(item, witness, asking));
  }
  return settled;
}

async function findOut(suspect: IndexItem, witness: IndexItem, { writeAlone, waited }: Asking): Promise<IndexAnswer> {
  for (let tried = 1; tried <= TRIES_ALONE; tried++) {
    if (!(await waited(tried))) return DENIED;
    const answer = await writeAlone(suspect);
    if (answer.kind !== "ambiguous") return answer;
  }
  return WRITTEN.has((await writeAlone(witness)).kind) ? rejected("SINK_REFUSED") : DENIED;
}
