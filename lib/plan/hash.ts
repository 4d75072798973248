import { createHash } from "node:crypto";
import { canonicalBytes } from "./canonical.ts";
import type { Plan } from "./plan.ts";

/** Returns the SHA-256 of the canonical bytes of plain data, in lower-case hex. */
export function hashData(data: unknown): string {
  return createHash("sha256").update(canonicalBytes(data)).digest("hex");
}

/** Returns what {@link Plan.hash} must be: the hash of everything else in the plan. */
export function hashPlan(plan: Omit<Plan, "hash">): string {
  return hashData({ ...plan, hash: undefined });
}

/** Completes a plan with its hash. */
export function withHash(plan: Omit<Plan, "hash">): Plan {
  return { ...plan, hash: hashPlan(plan) };
}
