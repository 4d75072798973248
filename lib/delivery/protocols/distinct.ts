import { DUPLICATE, type Outcome } from "../outcome.ts";
import { answerOf, pair } from "../pair.ts";
import type { Delivery } from "../ports.ts";

/**
 * Delivers each event of a batch once, in the order of the batch; a repetition of a delivered one is a duplicate.
 *
 * Every other outcome of an event is that of all its deliveries. Outcome i belongs to delivery i.
 */
export async function deliverDistinct(
  batch: readonly Delivery[],
  deliver: (distinct: readonly Delivery[]) => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  const seen = new Set<string>();
  const isFirst = batch.map(({ ledgerId }) => seen.size < seen.add(ledgerId).size);
  const distinct = batch.filter((_, at) => isFirst[at]);
  const delivered = pair(distinct, await deliver(distinct));
  const outcomes = new Map(delivered.map(([{ ledgerId }, outcome]) => [ledgerId, outcome]));
  return batch.map(({ ledgerId }, at) => {
    const outcome = answerOf(outcomes, ledgerId);
    return outcome.kind === "delivered" && !isFirst[at] ? DUPLICATE : outcome;
  });
}
