import { mapBounded } from "../map-bounded.ts";
import { fifoMessage } from "../messages.ts";
import type { Claim, Delivery, LedgerKey, Settled } from "../ports.ts";
import type { Queue, Sent } from "../queue.ts";
import { type ClaimContext, markDone } from "./lease.ts";

/** One attempt to send a batch under claims. */
export interface Attempt extends ClaimContext {
  readonly queue: Queue;
  /** How many ledger requests may be under way at once. */
  readonly concurrency: number;
}

/** A delivery that may be sent, with the claim that allows it; or how it is settled without. */
export type Permission = { readonly key: LedgerKey; readonly claim: Claim } | { readonly settled: Settled };

/**
 * Claims, sends, marks as sent: the frame of both FIFO protocols. Result i belongs to delivery i.
 *
 * The deliveries must be distinct: `permit` is asked for each of them at the same time.
 */
export async function claimAndSend(
  attempt: Attempt,
  deliveries: readonly Delivery[],
  permit: (delivery: Delivery) => Promise<Permission>,
): Promise<readonly Settled[]> {
  const permissions = await mapBounded(deliveries, attempt.concurrency, permit);
  const allowed = deliveries.filter((_, position) => isAllowed(permissions[position]));
  const sent = await attempt.queue.send(allowed.map(fifoMessage));
  const outcomes = new Map(allowed.map((delivery, position) => [delivery, settle(sent[position] ?? "unknown")]));
  return mapBounded(permissions, attempt.concurrency, async (permission, position) => {
    if ("settled" in permission) return permission.settled;
    const outcome = outcomes.get(deliveries[position] as Delivery) ?? settle("unknown");
    if (outcome === "delivered") await markDone(attempt, permission.key, permission.claim);
    return outcome;
  });
}

function isAllowed(permission: Permission | undefined): boolean {
  return permission !== undefined && "claim" in permission;
}

function settle(sent: Sent): Settled {
  if (sent === "ok") return "delivered";
  return sent === "unknown" ? { retry: "SINK_UNKNOWN" } : sent;
}
