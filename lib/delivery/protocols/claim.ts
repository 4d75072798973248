import { DeliveryError } from "#errors";
import { type Answer, OK } from "../answer.ts";
import { DUPLICATE, OUT_OF_TIME, type Retry, retry, type Skipped } from "../outcome.ts";
import type { Claim, Fence, LedgerKey, ObjectHead, ObjectStore } from "../ports.ts";
import type { LakeOptions } from "./lake-options.ts";
import { leaseRemainderMs } from "./lease.ts";
import { retryUnknown } from "./retry-unknown.ts";

/** One worker's go at one batch. */
export interface LakeAttempt {
  readonly fence: Fence;
  readonly leaseUntilMs: number;
  readonly expiresMs: number;
  readonly deadlineMs: number;
}

/**
 * Claims the event with this ledger id for an object, or says what becomes of it without.
 *
 * After `unknown` the claim may or may not hold: the object it was meant for must not be written, since it could lack an
 * event that is claimed for it, or hold one that is not.
 */
export type ClaimEvent = (id: string, objectKey: string) => Promise<Answer<"ok" | "unknown"> | Skipped | Retry>;

/** Makes the claims of one attempt. Objects of other workers are looked at once, however many events they hold. */
export function createClaimer<Row>(options: LakeOptions<Row>, attempt: LakeAttempt): ClaimEvent {
  const { stream, ledger, clock, random, limits } = options;
  const owners = new Map<string, Promise<Owner>>();
  const claimUntilMs = attempt.deadlineMs - limits.reserveMs;
  const retrying = { clock, random, attempts: limits.attempts, deadlineMs: claimUntilMs };

  async function claim(id: string, objectKey: string): Promise<Awaited<ReturnType<ClaimEvent>>> {
    if (clock.nowMs() >= claimUntilMs) return OUT_OF_TIME;
    const key: LedgerKey = { ...stream, id };
    const wanted = claimFor(objectKey, attempt);
    const answer = await retryUnknown(() => ledger.insert(key, wanted, claimUntilMs), retrying);
    return answer.kind === "found" ? contend(key, wanted, answer.claim) : answer;
  }

  async function contend(key: LedgerKey, wanted: Claim, found: Claim): ReturnType<ClaimEvent> {
    if (found.fence === attempt.fence) return OK;
    if (found.state === "done") return DUPLICATE;
    const owner = await examineOnce(found);
    return owner.kind === "gone" ? takeOver(key, wanted, found) : owner;
  }

  function examineOnce(found: Claim): Promise<Owner> {
    const { objectKey } = found;
    if (objectKey === undefined) throw new TypeError("expected a claim for an object, got another protocol's");
    const owner = owners.get(objectKey) ?? examine({ ...found, objectKey }, attempt, options);
    owners.set(objectKey, owner);
    return owner;
  }

  async function takeOver(key: LedgerKey, wanted: Claim, found: Claim): ReturnType<ClaimEvent> {
    const answer = await retryUnknown(
      () => ledger.replace(key, wanted, { fence: found.fence }, claimUntilMs),
      retrying,
    );
    if (answer.kind === "ok" || answer.kind === "unknown") return answer;
    const isOurs = answer.kind === "found" && answer.claim.fence === attempt.fence;
    return isOurs ? OK : retry("CLAIMED_ELSEWHERE");
  }

  return claim;
}

function claimFor(objectKey: string, { fence, leaseUntilMs, expiresMs }: LakeAttempt): Claim {
  return { fence, objectKey, state: "pending", leaseUntilMs, expiresMs };
}

/** What is known of the worker that holds a claim: it wrote its object, or never can (`gone`), or is left alone for now. */
type Owner = Skipped | Retry | { readonly kind: "gone" };

const GONE: Owner = { kind: "gone" };

async function examine<Row>(
  { objectKey, leaseUntilMs }: Claim & { readonly objectKey: string },
  { fence, deadlineMs }: LakeAttempt,
  { objects, layout, clock, limits }: LakeOptions<Row>,
): Promise<Owner> {
  const giveUpMs = deadlineMs - limits.reserveMs;
  const head = await lookUp(objects, objectKey, giveUpMs);
  if (head === "unknown") return retry("STORE_UNKNOWN");
  if (head !== undefined) return ownerOf(head);
  const waitMs = leaseRemainderMs({ leaseUntilMs }, clock.nowMs());
  if (waitMs > 0) return retry("CLAIMED_ELSEWHERE", waitMs);
  const answer = await objects.create({ key: objectKey, body: layout.encode([]), fence, tombstone: true }, giveUpMs);
  if (answer.kind === "ok") return GONE;
  const second = answer.kind === "exists" ? await lookUp(objects, objectKey, giveUpMs) : "unknown";
  return second === "unknown" || second === undefined ? retry("STORE_UNKNOWN") : ownerOf(second);
}

function ownerOf({ tombstone }: ObjectHead): Owner {
  return tombstone ? GONE : DUPLICATE;
}

/** Asks who wrote a key; a store that cannot tell is an answer too. */
export async function lookUp(
  objects: ObjectStore,
  key: string,
  deadlineMs: number,
): Promise<ObjectHead | "unknown" | undefined> {
  try {
    return await objects.head(key, deadlineMs);
  } catch (error) {
    if (error instanceof DeliveryError && error.retryable) return "unknown";
    throw error;
  }
}
