import { type Outcome, type Retry, retry } from "../outcome.ts";
import type { Claim, Clock, Delivery, Fence, Ledger, LedgerKey, Sink, Stream } from "../ports.ts";
import type { Queue } from "../queue.ts";
import { claimAndSend, type HeldClaim, knownOutcome, type SendContext } from "./claim-and-send.ts";
import { deliverDistinct } from "./distinct.ts";
import { type ClaimContext, claimNew, type Lease, leaseRemainderMs, pendingClaim, takeOver } from "./lease.ts";
import { createUnmarked } from "./unmarked.ts";

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
 * Delivered is what is marked. What was sent and could not be marked, the same worker marks later; another one sends it
 * again, as after a crash and after a sending of which nobody knows: under the same delivery id, which the queue drops
 * within five minutes and the consumer sees twice later. Nothing else is ever sent twice.
 */
export function createFifoEveryEventSink(options: FifoOptions): Sink {
  const unmarked = createUnmarked();
  return {
    async deliver(batch, deadlineMs) {
      const attempt = { ...options, unmarked, fence: options.newFence(), deadlineMs };
      return deliverDistinct(batch, (distinct) =>
        claimAndSend(attempt, distinct, (delivery, context) => claimEvent(context, keyOf(options, delivery))),
      );
    },
  };
}

/** Claims an event for sending, or says what becomes of it without. */
async function claimEvent(context: SendContext, key: LedgerKey): Promise<HeldClaim | Outcome> {
  const claim = pendingClaim(context);
  const answer = await claimNew(context, key, claim);
  if (answer.kind === "ok") return { kind: "held", key, claim };
  if (answer.kind === "unknown") return retry("LEDGER_UNKNOWN");
  const { claim: found } = answer;
  return knownOutcome(context, key, found) ?? takeOverAfterLease(context, key, { claim, found });
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
