import type { Claim, Delivery, LedgerKey, Sink, Stream } from "../ports.ts";
import { claimAndSend, type Permission } from "./claim-and-send.ts";
import { type FifoOptions, permitTakeover } from "./fifo-every-event.ts";
import { type ClaimContext, pendingClaim } from "./lease.ts";
import { settleNewest } from "./newest.ts";

/**
 * Sends only states that are newer than what was sent: advance the entity's version, send, mark as sent.
 *
 * A sender that stalls past its lease can still emit its older message late, because queues cannot fence. So every
 * message carries its version, and consumers drop what is not newer (`acceptNewest`).
 */
export function createFifoNewestStateSink(options: FifoOptions): Sink {
  return {
    async deliver(batch) {
      const attempt = { ...options, fence: options.newFence() };
      return settleNewest(batch, (newest) =>
        claimAndSend(attempt, newest, (delivery) => advance(attempt, keyOf(options, delivery), delivery.version ?? 0n)),
      );
    },
  };
}

/** Moves the entity to this version, or says how the delivery is settled without sending. */
async function advance(context: ClaimContext, key: LedgerKey, version: bigint): Promise<Permission> {
  const claim = pendingClaim(context, { version });
  const when = { versionBelow: version, nowMs: context.clock.nowMs() };
  const first = await context.ledger.replace(key, claim, when);
  const outcome = first === "unknown" ? await context.ledger.replace(key, claim, when) : first;
  if (outcome === "ok") return { key, claim };
  if (outcome === "unknown" || outcome.found === undefined) return { settled: { retry: "LEDGER_UNKNOWN" } };
  if (outcome.found.fence === context.fence) return { key, claim };
  return permitAfter(context, key, { claim, found: outcome.found });
}

async function permitAfter(
  context: ClaimContext,
  key: LedgerKey,
  claims: { readonly claim: Claim; readonly found: Claim },
): Promise<Permission> {
  const [known, own] = [claims.found.version ?? 0n, claims.claim.version ?? 0n];
  if (known > own) return { settled: "stale" };
  if (known === own && claims.found.state === "done") return { settled: "duplicate" };
  return permitTakeover(context, key, claims);
}

/** One ledger entry per entity: its key tells it apart from entries of events. */
function keyOf({ processor, generation }: Stream, { entityKey, deliveryId }: Delivery): LedgerKey {
  return { processor, generation, id: `entity:${entityKey ?? deliveryId}` };
}
