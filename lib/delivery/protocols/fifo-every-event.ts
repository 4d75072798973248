import type { Claim, Clock, Delivery, Fence, Ledger, LedgerKey, Settled, Sink, Stream } from "../ports.ts";
import type { Queue } from "../queue.ts";
import { claimAndSend, type Permission } from "./claim-and-send.ts";
import { type ClaimContext, claimNew, type Lease, leaseRemainderMs, pendingClaim, takeOver } from "./lease.ts";

export interface FifoOptions extends Lease, Stream {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly clock: Clock;
  /** How many ledger requests may be under way at once. */
  readonly concurrency: number;
  newFence(): Fence;
}

/**
 * Sends each event once: claim, send, mark as sent. Two ledger writes for a new event, one failed condition for a
 * repetition.
 *
 * A crash between sending and marking makes the next attempt send the same delivery id again: the queue drops it within
 * five minutes, later the consumer sees it twice. Nothing else is ever sent twice.
 */
export function createFifoEveryEventSink(options: FifoOptions): Sink {
  return {
    async deliver(batch) {
      const attempt = { ...options, fence: options.newFence() };
      const first = new Map(batch.toReversed().map((delivery) => [delivery.ledgerId, delivery]));
      const distinct = [...first.values()];
      const settled = await claimAndSend(attempt, distinct, (delivery) => permit(attempt, keyOf(options, delivery)));
      const outcomes = new Map(distinct.map(({ ledgerId }, position) => [ledgerId, settled[position]]));
      return batch.map((delivery) => {
        const outcome = outcomes.get(delivery.ledgerId) ?? { retry: "SINK_UNKNOWN" };
        return outcome === "delivered" && first.get(delivery.ledgerId) !== delivery ? "duplicate" : outcome;
      });
    },
  };
}

/** Claims an event for sending, or says how it is settled without. */
async function permit(context: ClaimContext, key: LedgerKey): Promise<Permission> {
  const claim = pendingClaim(context);
  const outcome = await claimNew(context, key, claim);
  if (outcome === "claimed") return { key, claim };
  if (outcome === "unknown") return { settled: { retry: "LEDGER_UNKNOWN" } };
  if (outcome.found.state === "done") return { settled: "duplicate" };
  return permitTakeover(context, key, { claim, found: outcome.found });
}

/** Takes a claim over once its lease is over; until then whoever made it may still be sending. */
export async function permitTakeover(
  context: ClaimContext,
  key: LedgerKey,
  { claim, found }: { readonly claim: Claim; readonly found: Claim },
): Promise<Permission> {
  const remainderMs = leaseRemainderMs(found, context.clock.nowMs());
  if (remainderMs > 0) return { settled: waiting(remainderMs) };
  const taken = await takeOver(context, key, found, claim);
  return taken === "claimed" ? { key, claim } : { settled: waiting(context.leaseMs) };
}

function waiting(afterMs: number): Settled {
  return { retry: "CLAIMED_ELSEWHERE", afterMs };
}

function keyOf({ processor, generation }: Stream, { ledgerId }: Delivery): LedgerKey {
  return { processor, generation, id: ledgerId };
}
