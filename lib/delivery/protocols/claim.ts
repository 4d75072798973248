import { DeliveryError } from "#errors";
import type { Claim, Fence, LedgerKey, ObjectHead, ObjectStore, Retry } from "../ports.ts";
import { insist } from "./insist.ts";
import type { LakeOptions } from "./lake.ts";

/** One worker's go at one batch. */
export interface Attempt {
  readonly fence: Fence;
  readonly leaseUntilMs: number;
  readonly expiresMs: number;
  readonly deadlineMs: number;
}

/**
 * What came of claiming an event. After `unknown` the claim may or may not hold: the object it was meant for must not
 * be written, since it could lack an event that is claimed for it, or hold one that is not.
 */
export type Verdict = "claimed" | "duplicate" | "unknown" | Retry;

/** Claims the event with this ledger id for an object. */
export type ClaimEvent = (id: string, objectKey: string) => Promise<Verdict>;

/** Makes the claims of one attempt. Objects of other workers are looked at once, however many events they hold. */
export function createClaimer<Row>(options: LakeOptions<Row>, attempt: Attempt): ClaimEvent {
  const { stream, ledger, clock, random, limits } = options;
  const owners = new Map<string, Promise<Owner>>();
  const insistence = { clock, random, attempts: limits.attempts };

  async function claim(id: string, objectKey: string): Promise<Verdict> {
    if (clock.nowMs() >= attempt.deadlineMs - limits.reserveMs) return { retry: "OUT_OF_TIME" };
    const key: LedgerKey = { ...stream, id };
    const wanted = claimFor(objectKey, attempt);
    const answer = await insist(() => ledger.insert(key, wanted), insistence);
    if (answer === "unknown") return "unknown";
    return answer === "ok" ? "claimed" : contend(key, wanted, answer.found);
  }

  async function contend(key: LedgerKey, wanted: Claim, found: Claim): Promise<Verdict> {
    if (found.fence === attempt.fence) return "claimed";
    if (found.state === "done") return "duplicate";
    const owner = await examineOnce(found);
    return owner === "gone" ? takeOver(key, wanted, found) : owner;
  }

  function examineOnce(found: Claim): Promise<Owner> {
    const { objectKey } = found;
    if (objectKey === undefined) throw new TypeError("expected a claim for an object, got another protocol's");
    const owner = owners.get(objectKey) ?? examine({ ...found, objectKey }, attempt, options);
    owners.set(objectKey, owner);
    return owner;
  }

  async function takeOver(key: LedgerKey, wanted: Claim, found: Claim): Promise<Verdict> {
    const answer = await insist(() => ledger.replace(key, wanted, { fence: found.fence }), insistence);
    if (answer === "unknown") return "unknown";
    return answer === "ok" || answer.found?.fence === attempt.fence ? "claimed" : { retry: "CLAIMED_ELSEWHERE" };
  }

  return claim;
}

function claimFor(objectKey: string, { fence, leaseUntilMs, expiresMs }: Attempt): Claim {
  return { fence, objectKey, state: "pending", leaseUntilMs, expiresMs };
}

/** What is known of the worker that holds a claim: it wrote its object, or never can, or is left alone for now. */
type Owner = "duplicate" | "gone" | Retry;

async function examine<Row>(
  { objectKey, leaseUntilMs }: Claim & { readonly objectKey: string },
  { fence }: Attempt,
  { objects, layout, clock }: LakeOptions<Row>,
): Promise<Owner> {
  const head = await lookUp(objects, objectKey);
  if (head === "unknown") return { retry: "STORE_UNKNOWN" };
  if (head !== undefined) return ownerOf(head);
  const waitMs = leaseUntilMs - clock.nowMs();
  if (waitMs > 0) return { retry: "CLAIMED_ELSEWHERE", afterMs: waitMs };
  const answer = await objects.create({ key: objectKey, body: layout.encode([]), fence, tombstone: true });
  if (answer === "ok") return "gone";
  const second = answer === "exists" ? await lookUp(objects, objectKey) : "unknown";
  return second === "unknown" || second === undefined ? { retry: "STORE_UNKNOWN" } : ownerOf(second);
}

function ownerOf({ tombstone }: ObjectHead): Owner {
  return tombstone ? "gone" : "duplicate";
}

/** Asks who wrote a key; a store that cannot tell is an answer too. */
export async function lookUp(objects: ObjectStore, key: string): Promise<ObjectHead | "unknown" | undefined> {
  try {
    return await objects.head(key);
  } catch (error) {
    if (error instanceof DeliveryError && error.retryable) return "unknown";
    throw error;
  }
}
