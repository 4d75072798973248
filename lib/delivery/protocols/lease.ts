import type { Claim, Clock, Fence, Ledger, LedgerKey } from "../ports.ts";

/** How long a claim keeps others away, and how long it is remembered. */
export interface Lease {
  /** Longer than the longest a worker can live: waiting depends on it, correctness does not. */
  readonly leaseMs: number;
  /** Longer than an event may wander before it is delivered. */
  readonly horizonMs: number;
}

export interface ClaimContext extends Lease {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Tells this attempt's writes from everybody else's. */
  readonly fence: Fence;
}

export type Claimed = "claimed" | "unknown" | { readonly found: Claim };

/** Makes a pending claim of this attempt. */
export function pendingClaim({ clock, fence, leaseMs, horizonMs }: ClaimContext, rest: Partial<Claim> = {}): Claim {
  const nowMs = clock.nowMs();
  return { fence, state: "pending", leaseUntilMs: nowMs + leaseMs, expiresMs: nowMs + horizonMs, ...rest };
}

/**
 * Writes a claim where there is none. A claim found with our own fence is our own write whose response was lost.
 *
 * An unknown outcome is tried once more with the same fence.
 */
export async function claimNew(context: ClaimContext, key: LedgerKey, claim: Claim): Promise<Claimed> {
  const first = await context.ledger.insert(key, claim);
  const outcome = first === "unknown" ? await context.ledger.insert(key, claim) : first;
  if (outcome === "ok") return "claimed";
  if (outcome === "unknown") return "unknown";
  return outcome.found.fence === context.fence ? "claimed" : outcome;
}

/** Writes a claim over the one with an old fence. Anything but our own claim found there means somebody was faster. */
export async function takeOver(context: ClaimContext, key: LedgerKey, from: Claim, claim: Claim): Promise<Claimed> {
  const when = { fence: from.fence };
  const first = await context.ledger.replace(key, claim, when);
  const outcome = first === "unknown" ? await context.ledger.replace(key, claim, when) : first;
  if (outcome === "ok") return "claimed";
  if (outcome === "unknown" || outcome.found === undefined) return "unknown";
  return outcome.found.fence === context.fence ? "claimed" : { found: outcome.found };
}

/** Marks a claim as done. It is tried twice and then left: a claim that stays pending is sent again, not lost. */
export async function markDone(context: ClaimContext, key: LedgerKey, claim: Claim): Promise<void> {
  const done: Claim = { ...claim, state: "done" };
  const when = { fence: context.fence };
  if ((await context.ledger.replace(key, done, when)) === "unknown") await context.ledger.replace(key, done, when);
}

/** How long a running lease still lasts; 0 when it is over. */
export function leaseRemainderMs(claim: Claim, nowMs: number): number {
  return Math.max(0, claim.leaseUntilMs - nowMs);
}
