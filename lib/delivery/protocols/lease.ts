import { DeliveryError } from "#errors";
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

/** What became of marking: somebody else has the claim (`lost`), or nobody knows. */
export type Marking = "marked" | "lost" | "unknown";

/** Marks a claim as done. It is tried twice, each time over our own claim alone. */
export async function markDone(context: ClaimContext, key: LedgerKey, claim: Claim): Promise<Marking> {
  return MARKINGS[await rewrite(context, key, claim, { ...claim, state: "done" })];
}

/** Ends the lease of a claim whose message was not sent. Where that fails, others wait for its end. */
export async function letGo(context: ClaimContext, key: LedgerKey, claim: Claim): Promise<void> {
  await rewrite(context, key, claim, { ...claim, leaseUntilMs: 0 });
}

const MARKINGS: Readonly<Record<Answer<"ok" | "found" | "absent" | "unknown">["kind"], Marking>> = {
  ok: "marked",
  found: "lost",
  absent: "unknown",
  unknown: "unknown",
};

/** Writes over a claim of ours. A ledger that refuses is no reason to forget what was sent: it refuses the next one too. */
async function rewrite(
  { ledger, deadlineMs }: ClaimContext,
  key: LedgerKey,
  { fence }: Claim,
  to: Claim,
): Promise<keyof typeof MARKINGS> {
  try {
    return (await twiceIfUnknown(() => ledger.replace(key, to, { fence }, deadlineMs))).kind;
  } catch (failure) {
    if (failure instanceof DeliveryError && failure.retryable) return "unknown";
    throw failure;
  }
}

/** How long a lease still lasts, and so how long others find what it holds claimed; 0 when it is over. */
export function leaseRemainderMs({ leaseUntilMs }: Pick<Claim, "leaseUntilMs">, nowMs: number): number {
  return Math.max(0, leaseUntilMs - nowMs);
}
