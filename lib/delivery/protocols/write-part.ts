import type { ObjectHead, Retry } from "../ports.ts";
import { type Attempt, lookUp } from "./claim.ts";
import { insist } from "./insist.ts";
import type { LakeOptions } from "./lake.ts";

interface PartToWrite<Row> {
  readonly key: string;
  readonly rows: readonly Row[];
}

/** Writes the object of exactly the claimed rows; no rows need no object. `retry` gives every one of them back. */
export async function writePart<Row>(
  { key, rows }: PartToWrite<Row>,
  attempt: Attempt,
  { objects, layout, clock, random, limits }: LakeOptions<Row>,
): Promise<"delivered" | Retry> {
  if (rows.length === 0) return "delivered";
  const object = { key, body: layout.encode(rows), fence: attempt.fence, tombstone: false };
  const answer = await insist(() => objects.create(object), { clock, random, attempts: limits.attempts });
  if (answer === "ok") return "delivered";
  const head = answer === "exists" ? await lookUp(objects, key) : "unknown";
  if (head === "unknown" || head === undefined)
    return { retry: "STORE_UNKNOWN", ...afterLease(attempt, clock.nowMs()) };
  return isOurs(head, attempt) ? "delivered" : { retry: "CLAIMED_ELSEWHERE" };
}

/** Our own object is there when an earlier call worked and its response was lost. */
function isOurs({ fence, tombstone }: ObjectHead, attempt: Attempt): boolean {
  return fence === attempt.fence && !tombstone;
}

/** Makes sure that the object is never written, so that others need not wait for the lease of what was claimed for it. */
export async function abandonPart<Row>(
  key: string,
  attempt: Attempt,
  { objects, layout, clock }: LakeOptions<Row>,
): Promise<Retry> {
  const answer = await objects.create({ key, body: layout.encode([]), fence: attempt.fence, tombstone: true });
  return { retry: "LEDGER_UNKNOWN", ...(answer !== "ok" && afterLease(attempt, clock.nowMs())) };
}

/** Until the lease is over, whoever gets the events next finds them claimed. */
function afterLease({ leaseUntilMs }: Attempt, nowMs: number): Pick<Retry, "afterMs"> {
  return { afterMs: Math.max(0, leaseUntilMs - nowMs) };
}
