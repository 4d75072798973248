import { outcomeOf, UNKNOWN } from "../answer.ts";
import { mapBounded } from "../map-bounded.ts";
import { fifoMessage } from "../messages.ts";
import type { Outcome } from "../outcome.ts";
import type { Claim, Delivery, LedgerKey } from "../ports.ts";
import type { Queue } from "../queue.ts";
import { type ClaimContext, markDone } from "./lease.ts";

/** One attempt to send a batch under claims. */
export interface SendContext extends ClaimContext {
  readonly queue: Queue;
  /** How many ledger requests may be under way at once. */
  readonly concurrency: number;
}

/** Our own claim: what it stands for may be sent, by nobody else. */
export interface HeldClaim {
  readonly kind: "held";
  readonly key: LedgerKey;
  readonly claim: Claim;
}

/**
 * Claims, sends, marks as sent: the frame of both FIFO protocols. Outcome i belongs to delivery i.
 *
 * The deliveries must be distinct: each is claimed at the same time. A claim that is not held says what becomes of the
 * delivery without sending.
 */
export async function claimAndSend(
  context: SendContext,
  deliveries: readonly Delivery[],
  claim: (delivery: Delivery) => Promise<HeldClaim | Outcome>,
): Promise<readonly Outcome[]> {
  const claims = await mapBounded(deliveries, context.concurrency, claim);
  const allowed = deliveries.filter((_, position) => claims[position]?.kind === "held");
  const sent = await context.queue.send(allowed.map(fifoMessage));
  const outcomes = new Map(allowed.map((delivery, position) => [delivery, outcomeOf(sent[position] ?? UNKNOWN)]));
  return mapBounded(claims, context.concurrency, async (held, position) => {
    if (held.kind !== "held") return held;
    const outcome = outcomes.get(deliveries[position] as Delivery) ?? outcomeOf(UNKNOWN);
    if (outcome.kind === "delivered") await markDone(context, held.key, held.claim);
    return outcome;
  });
}
