import { outcomeOf } from "../answer.ts";
import { mapBounded } from "../map-bounded.ts";
import { fifoMessage } from "../messages.ts";
import type { Outcome } from "../outcome.ts";
import { answerAll, pair } from "../pair.ts";
import type { Claim, Delivery, LedgerKey } from "../ports.ts";
import type { Message, Queue } from "../queue.ts";
import { type ClaimContext, markDone } from "./lease.ts";

/** One attempt to send a batch under claims. */
export interface SendContext extends ClaimContext {
  readonly queue: Queue;
  /** How many ledger requests may be under way at once. */
  readonly concurrency: number;
}

/** Time before the deadline that is kept for sending, and as much again for marking: what is sent must be marked. */
const STEP_MS = 3_000;

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
export async function claimAndSend<Of extends Delivery>(
  context: SendContext,
  deliveries: readonly Of[],
  claim: (delivery: Of, context: SendContext) => Promise<HeldClaim | Outcome>,
): Promise<readonly Outcome[]> {
  const claiming = { ...context, deadlineMs: context.deadlineMs - 2 * STEP_MS };
  const claims = await mapBounded(deliveries, context.concurrency, (delivery) => claim(delivery, claiming));
  const sorted = pair(deliveries, claims).map(([delivery, held]) =>
    held.kind === "held" ? { ask: { delivery, held } } : { known: held },
  );
  return answerAll(sorted, (claimed) => sendClaimed(context, claimed));
}

interface Claimed {
  readonly delivery: Delivery;
  readonly held: HeldClaim;
}

async function sendClaimed(context: SendContext, claimed: readonly Claimed[]): Promise<readonly Outcome[]> {
  const answers = await context.queue.send(claimed.map(messageOf), context.deadlineMs - STEP_MS);
  return mapBounded(pair(claimed, answers), context.concurrency, async ([{ held }, answer]) => {
    const outcome = outcomeOf(answer);
    if (outcome.kind === "delivered") await markDone(context, held.key, held.claim);
    return outcome;
  });
}

function messageOf({ delivery, held }: Claimed): Message {
  const { sequence } = held.claim;
  return fifoMessage({ ...delivery, ...(sequence !== undefined && { sequence }) });
}
