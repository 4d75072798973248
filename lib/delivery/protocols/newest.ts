import type { Delivery, Settled } from "../ports.ts";

/**
 * Delivers the newest state of each entity of a batch and settles the older ones by how that went.
 *
 * An older state is stale once the newest is settled; when the newest has to be tried again, so have they, because
 * nothing says that it will ever arrive. Of equal versions the first one counts. Result i belongs to delivery i.
 */
export async function settleNewest(
  batch: readonly Delivery[],
  deliver: (newest: readonly Delivery[]) => Promise<readonly Settled[]>,
): Promise<readonly Settled[]> {
  const newest = new Map<string, Delivery>();
  for (const delivery of batch) {
    const known = newest.get(entityOf(delivery));
    if (known === undefined || versionOf(known) < versionOf(delivery)) newest.set(entityOf(delivery), delivery);
  }
  const chosen = [...newest.values()];
  const settled = await deliver(chosen);
  const outcomes = new Map(chosen.map((delivery, position) => [delivery, settled[position]]));
  return batch.map((delivery) => {
    const winner = newest.get(entityOf(delivery)) ?? delivery;
    const outcome = outcomes.get(winner) ?? { retry: "SINK_UNKNOWN" };
    return winner === delivery ? outcome : settleOlder(delivery, winner, outcome);
  });
}

function settleOlder(older: Delivery, winner: Delivery, outcome: Settled): Settled {
  if (typeof outcome === "object") return "retry" in outcome ? outcome : { retry: "NEWER_STATE_REFUSED" };
  return versionOf(older) === versionOf(winner) ? "duplicate" : "stale";
}

function entityOf({ entityKey, deliveryId }: Delivery): string {
  return entityKey ?? deliveryId;
}

function versionOf({ version }: Delivery): bigint {
  return version ?? 0n;
}
