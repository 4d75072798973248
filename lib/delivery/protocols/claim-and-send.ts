import { outcomeOf } from "../answer.ts";
import { mapBounded } from "../map-bounded.ts";
import { fifoMessage } from "../messages.ts";
import { DELIVERED, DUPLICATE, type Outcome, retry } from "../outcome.ts";
import { answerAll, pair } from "../pair.ts";
import type { Claim, Delivery, LedgerKey } from "../ports.ts";
import type { Message, Queue, QueueAnswer } from "../queue.ts";
import { type ClaimContext, letGo, type Marking, markDone } from "./lease.ts";
import type { Unmarked } from "./unmarked.ts";

/** One attempt to send a batch under claims. */
export interface SendContext extends ClaimContext {
  readonly queue: Queue;
  /** How many ledger requests may be under way at once. */
  readonly concurrency: number;
  /** What earlier batches of this worker have sent and could not mark. */
  readonly unmarked: Unmarked;
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
  await context.unmarked.mark(claiming);
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
  return mapBounded(pair(claimed, answers), context.concurrency, ([{ held }, answer]) => settle(context, held, answer));
}

/**
 * Delivered is what is marked. A claim is let go of what was certainly not sent; after an unknown answer it is kept, so
 * that nobody sends again before its lease is over.
 */
async function settle(context: SendContext, { key, claim }: HeldClaim, answer: QueueAnswer): Promise<Outcome> {
  if (answer.kind === "retry" || answer.kind === "rejected") await letGo(context, key, claim);
  if (answer.kind !== "ok") return outcomeOf(answer);
  const marking = await markDone(context, key, claim);
  if (marking === "unknown") context.unmarked.add(key, claim);
  return OUTCOMES[marking];
}

const OUTCOMES: Readonly<Record<Marking, Outcome>> = {
  marked: DELIVERED,
  lost: retry("CLAIMED_ELSEWHERE"),
  unknown: retry("LEDGER_UNKNOWN"),
};

/** Says what becomes of a delivery whose claim was found done, or undefined where it may have to be sent. */
export function knownOutcome({ unmarked }: SendContext, key: LedgerKey, found: Claim): Outcome | undefined {
  if (found.state === "done") return unmarked.take(key, found) ? DELIVERED : DUPLICATE;
  return unmarked.has(key, found) ? retry("LEDGER_UNKNOWN") : undefined;
}

function messageOf({ delivery, held }: Claimed): Message {
  const { sequence } = held.claim;
  return fifoMessage({ ...delivery, ...(sequence !== undefined && { sequence }) });
}
