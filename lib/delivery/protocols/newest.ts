import { DUPLICATE, type Outcome, retry, STALE } from "../outcome.ts";
import type { Delivery } from "../ports.ts";

/**
 * Delivers the newest state of each entity of a batch; what becomes of the older ones follows from how that went.
 *
 * An older state is stale once the newest is done with; when the newest has to be tried again, so have they, because
 * nothing says that it will ever arrive. Of equal versions the first one counts. Outcome i belongs to delivery i.
 */
export async function deliverNewest(
  batch: readonly Delivery[],
  deliver: (newest: readonly Delivery[]) => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  const newest = new Map<string, Delivery>();
  for (const delivery of batch) {
    const known = newest.get(entityOf(delivery));
    if (known === undefined || versionOf(known) < versionOf(delivery)) newest.set(entityOf(delivery), delivery);
  }
  const chosen = [...newest.values()];
  const answers = await deliver(chosen);
  const outcomes = new Map(chosen.map((delivery, position) => [delivery, answers[position]]));
  return batch.map((delivery) => {
    const winner = newest.get(entityOf(delivery)) ?? delivery;
    const outcome = outcomes.get(winner) ?? retry("SINK_UNKNOWN");
    return winner === delivery ? outcome : olderOutcome(delivery, winner, outcome);
  });
}

function olderOutcome(older: Delivery, winner: Delivery, outcome: Outcome): Outcome {
  if (outcome.kind === "retry") return outcome;
  if (outcome.kind === "rejected") return retry("NEWER_STATE_REFUSED");
  return versionOf(older) === versionOf(winner) ? DUPLICATE : STALE;
}

function entityOf({ entityKey, deliveryId }: Delivery): string {
  return entityKey ?? deliveryId;
}

function versionOf({ version }: Delivery): bigint {
  return version ?? 0n;
}
