import type { StateDelivery } from "../entity-state.ts";
import { type Outcome, retry, STALE } from "../outcome.ts";
import type { Claim, LedgerKey, Sink, Stream } from "../ports.ts";
import { claimAndSend, type HeldClaim, knownOutcome, type SendContext } from "./claim-and-send.ts";
import { type FifoOptions, takeOverAfterLease } from "./fifo-every-event.ts";
import { type ClaimContext, pendingClaim, twiceIfUnknown } from "./lease.ts";
import { deliverNewest } from "./newest.ts";
import { createUnmarked } from "./unmarked.ts";

/**
 * Sends only states that are newer than what was sent: advance the entity's order, send, mark as sent.
 *
 * A sender that stalls past its lease can still emit its older message late, because queues cannot fence. So every
 * message carries its sequence, which the ledger counts for each entity, and consumers drop what is not newer
 * (`acceptNewest`). A number is missing from the sequence where a sender died between its claim and its message.
 */
export function createFifoNewestStateSink(options: FifoOptions): Sink {
  const unmarked = createUnmarked();
  return {
    async deliver(batch, deadlineMs) {
      const attempt = { ...options, unmarked, fence: options.newFence(), deadlineMs };
      return deliverNewest(batch, (newest) =>
        claimAndSend(attempt, newest, (delivery, context) =>
          advance(context, keyOf(options, delivery), delivery.order),
        ),
      );
    },
  };
}

/** Moves the entity to this order, or says what becomes of the delivery without sending. */
async function advance(context: SendContext, key: LedgerKey, order: string): Promise<HeldClaim | Outcome> {
  const claim = entityClaim(context, order);
  const when = { orderBelow: order, nowMs: context.clock.nowMs() };
  const answer = await twiceIfUnknown(() => context.ledger.advance(key, claim, when, context.deadlineMs));
  if (answer.kind === "advanced") return held(key, claim, answer.sequence);
  if (answer.kind === "unknown") return retry("LEDGER_UNKNOWN");
  const { claim: found } = answer;
  if (found.fence === context.fence) return held(key, claim, found.sequence);
  return follow(context, key, { claim, found });
}

/** The sequence must outlive every watermark of a consumer, so an entity's claim never expires. */
function entityClaim(context: ClaimContext, order: string): Claim {
  const { expiresMs: _, ...claim } = pendingClaim(context, { order });
  return claim;
}

function held(key: LedgerKey, claim: Claim, sequence: number | undefined): HeldClaim {
  return { kind: "held", key, claim: { ...claim, ...(sequence !== undefined && { sequence }) } };
}

/** The same state, claimed by a sender that may have died, is sent again under the same number. */
async function follow(
  context: SendContext,
  key: LedgerKey,
  claims: { readonly claim: Claim; readonly found: Claim },
): Promise<HeldClaim | Outcome> {
  const [known, own] = [claims.found.order ?? "", claims.claim.order ?? ""];
  if (known > own) return STALE;
  const outcome = known === own ? knownOutcome(context, key, claims.found) : undefined;
  if (outcome !== undefined) return outcome;
  const sequence = (claims.found.sequence ?? 0) + (known === own ? 0 : 1);
  return takeOverAfterLease(context, key, { ...claims, claim: { ...claims.claim, sequence } });
}

/** One ledger entry per entity: its key tells it apart from entries of events. */
function keyOf({ processor, generation }: Stream, { entityKey }: StateDelivery): LedgerKey {
  return { processor, generation, id: `entity:${entityKey}` };
}
