import { DELIVERED, type Outcome, type Retry, retry } from "../outcome.ts";
import type { ObjectHead } from "../ports.ts";
import { type LakeAttempt, lookUp } from "./claim.ts";
import type { LakeOptions } from "./lake-options.ts";
import { leaseRemainderMs } from "./lease.ts";
import { retryUnknown } from "./retry-unknown.ts";

interface PartToWrite<Row> {
  readonly key: string;
  readonly rows: readonly Row[];
}

/** Writes the object of exactly the claimed rows; no rows need no object. `retry` gives every one of them back. */
export async function writePart<Row>(
  { key, rows }: PartToWrite<Row>,
  attempt: LakeAttempt,
  { objects, layout, clock, random, limits }: LakeOptions<Row>,
): Promise<Outcome> {
  if (rows.length === 0) return DELIVERED;
  const { deadlineMs } = attempt;
  const { attempts } = limits;
  const object = { key, body: layout.encode(rows), fence: attempt.fence, tombstone: false };
  const answer = await retryUnknown(() => objects.create(object, deadlineMs), { clock, random, attempts, deadlineMs });
  if (answer.kind === "ok") return DELIVERED;
  const head = answer.kind === "exists" ? await lookUp(objects, key, deadlineMs) : "unknown";
  if (head === "unknown" || head === undefined) return retry("STORE_UNKNOWN", leaseRemainderMs(attempt, clock.nowMs()));
  return isOurs(head, attempt) ? DELIVERED : retry("CLAIMED_ELSEWHERE");
}

/** Our own object is there when an earlier call worked and its response was lost. */
function isOurs({ fence, tombstone }: ObjectHead, attempt: LakeAttempt): boolean {
  return fence === attempt.fence && !tombstone;
}

/** Makes sure that the object is never written, so that others need not wait for the lease of what was claimed for it. */
export async function abandonPart<Row>(
  key: string,
  attempt: LakeAttempt,
  { objects, layout, clock }: LakeOptions<Row>,
): Promise<Retry> {
  const { fence, deadlineMs } = attempt;
  const answer = await objects.create({ key, body: layout.encode([]), fence, tombstone: true }, deadlineMs);
  return retry("LEDGER_UNKNOWN", answer.kind === "ok" ? undefined : leaseRemainderMs(attempt, clock.nowMs()));
}
