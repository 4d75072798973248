import type { StateDelivery } from "../entity-state.ts";
import { DUPLICATE, type Outcome, retry, STALE } from "../outcome.ts";
import type { Claim, LedgerKey, Sink, Stream } from "../ports.ts";
import { claimAndSend, type HeldClaim } from "./claim-and-send.ts";
import { type FifoOptions, takeOverAfterLease } from "./fifo-every-event.ts";
import { type ClaimContext, pendingClaim } from "./lease.ts";
import { deliverNewest } from "./newest.ts";

/**
 * Sends only states that are newer than what was sent: advance the entity's version, send, mark as sent.
 *
 * A sender that stalls past its lease can still emit its older message late, because queues cannot fence. So every
 * message carries its version, and consumers drop what is not newer (`acceptNewest`).
 */
export function createFifoNewestStateSink(options: FifoOptions): Sink {
  return {
    async deliver(batch, deadlineMs) {
      const attempt = { ...options, fence: options.newFence(), deadlineMs };
      return deliverNewest(batch, (newest) =>
        claimAndSend(attempt, newest, (delivery, context) =>
          advance(context, keyOf(options, delivery), delivery.version),
        ),
      );
    },
  };
}

/** Moves the entity to this version, or says what becomes of the delivery without sending. */
async function advance(context: ClaimContext, key: LedgerKey, version: bigint): Promise<HeldClaim | Outcome> {
  const claim = pendingClaim(context, { version });
  const when = { versionBelow: version, nowMs: context.clock.nowMs() };
  const first = await context.ledger.replace(key, claim, when, context.deadlineMs);
  const answer = first.kind === "unknown" ? await context.ledger.replace(key, claim, when, context.deadlineMs) : first;
  if (answer.kind === "ok") return { kind: "held", key, claim };
  if (answer.kind !== "found") return retry("LEDGER_UNKNOWN");
  if (answer.claim.fence === context.fence) return { kind: "held", key, claim };
  return follow(context, key, { claim, found: answer.claim });
}

async function follow(
  context: ClaimContext,
  key: LedgerKey,
  claims: { readonly claim: Claim; readonly found: Claim },
): Promise<HeldClaim | Outcome> {
  const [known, own] = [claims.found.version ?? 0n, claims.claim.version ?? 0n];
  if (known > own) return STALE;
  if (known === own && claims.found.state === "done") return DUPLICATE;
  return takeOverAfterLease(context, key, claims);
}

/** One ledger entry per entity: its key tells it apart from entries of events. */
function keyOf({ processor, generation }: Stream, { entityKey }: StateDelivery): LedgerKey {
  return { processor, generation, id: `entity:${entityKey}` };
}
