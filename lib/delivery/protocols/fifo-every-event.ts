import { DUPLICATE, type Outcome, type Retry, retry } from "../outcome.ts";
import { pair } from "../pair.ts";
import type { Claim, Clock, Delivery, Fence, Ledger, LedgerKey, Sink, Stream } from "../ports.ts";
import type { Queue } from "../queue.ts";
import { claimAndSend, type HeldClaim } from "./claim-and-send.ts";
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
    async deliver(batch, deadlineMs) {
      const attempt = { ...options, fence: options.newFence(), deadlineMs };
      const first = new Map(batch.toReversed().map((delivery) => [delivery.ledgerId, delivery]));
      const distinct = [...first.values()];
      const sent = await claimAndSend(attempt, distinct, (delivery, context) =>
        claimEvent(context, keyOf(options, delivery)),
      );
      const outcomes = new Map(pair(distinct, sent).map(([{ ledgerId }, outcome]) => [ledgerId, outcome]));
      return batch.map((delivery) => {
        const outcome = outcomes.get(delivery.ledgerId) ?? retry("SINK_UNKNOWN");
        return outcome.kind === "delivered" && first.get(delivery.ledgerId) !== delivery ? DUPLICATE : outcome;
      });
    },
  };
}

/** Claims an event for sending, or says what becomes of it without. */
async function claimEvent(context: ClaimContext, key: LedgerKey): Promise<HeldClaim | Outcome> {
  const claim = pendingClaim(context);
  const answer = await claimNew(context, key, claim);
  if (answer.kind === "ok") return { kind: "held", key, claim };
  if (answer.kind === "unknown") return retry("LEDGER_UNKNOWN");
  if (answer.claim.state === "done") return DUPLICATE;
  return takeOverAfterLease(context, key, { claim, found: answer.claim });
}

/** Takes a claim over once its lease is over; until then whoever made it may still be sending. */
export async function takeOverAfterLease(
  context: ClaimContext,
  key: LedgerKey,
  { claim, found }: { readonly claim: Claim; readonly found: Claim },
): Promise<HeldClaim | Outcome> {
  const remainderMs = leaseRemainderMs(found, context.clock.nowMs());
  if (remainderMs > 0) return claimedElsewhere(remainderMs);
  const taken = await takeOver(context, key, found, claim);
  return taken.kind === "ok" ? { kind: "held", key, claim } : claimedElsewhere(context.leaseMs);
}

function claimedElsewhere(afterMs: number): Retry {
  return retry("CLAIMED_ELSEWHERE", afterMs);
}

function keyOf({ processor, generation }: Stream, { ledgerId }: Delivery): LedgerKey {
  return { processor, generation, id: ledgerId };
}
