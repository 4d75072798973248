import { type Answer, OK, UNKNOWN } from "../answer.ts";
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
  /** When to have given up, in ms since the epoch. */
  readonly deadlineMs: number;
}

/** Makes a pending claim of this attempt. */
export function pendingClaim({ clock, fence, leaseMs, horizonMs }: ClaimContext, rest: Partial<Claim> = {}): Claim {
  const nowMs = clock.nowMs();
  return { fence, state: "pending", leaseUntilMs: nowMs + leaseMs, expiresMs: nowMs + horizonMs, ...rest };
}

/** Writes, and once more at once while nobody knows whether it happened: the fence tells an own write from others'. */
export async function twiceIfUnknown<Of extends Answer>(write: () => Promise<Of>): Promise<Of> {
  const answer = await write();
  return answer.kind === "unknown" ? write() : answer;
}

/**
 * Writes a claim where there is none. A claim found with our own fence is our own write whose response was lost.
 *
 * An unknown answer is tried once more with the same fence.
 */
export async function claimNew(
  context: ClaimContext,
  key: LedgerKey,
  claim: Claim,
): Promise<Answer<"ok" | "found" | "unknown">> {
  const answer = await twiceIfUnknown(() => context.ledger.insert(key, claim, context.deadlineMs));
  return answer.kind === "found" && answer.claim.fence === context.fence ? OK : answer;
}

/** Writes a claim over the one with an old fence. Anything but our own claim found there means somebody was faster. */
export async function takeOver(
  context: ClaimContext,
  key: LedgerKey,
  from: Claim,
  claim: Claim,
): Promise<Answer<"ok" | "found" | "unknown">> {
  const when = { fence: from.fence };
  const answer = await twiceIfUnknown(() => context.ledger.replace(key, claim, when, context.deadlineMs));
  if (answer.kind === "absent") return UNKNOWN;
  return answer.kind === "found" && answer.claim.fence === context.fence ? OK : answer;
}

/** Marks a claim as done. It is tried twice and then left: a claim that stays pending is sent again, not lost. */
export async function markDone(context: ClaimContext, key: LedgerKey, claim: Claim): Promise<void> {
  const done: Claim = { ...claim, state: "done" };
  const when = { fence: context.fence };
  await twiceIfUnknown(() => context.ledger.replace(key, done, when, context.deadlineMs));
}

/** How long a lease still lasts, and so how long others find what it holds claimed; 0 when it is over. */
export function leaseRemainderMs({ leaseUntilMs }: Pick<Claim, "leaseUntilMs">, nowMs: number): number {
  return Math.max(0, leaseUntilMs - nowMs);
}
