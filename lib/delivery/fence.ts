import type { Fence } from "./claim.ts";
import type { Random } from "./ports.ts";

const FENCE_BYTES = 16;

/** Makes the fence of an attempt: 128 random bits, so that no two are alike. */
export function createFence(random: Random): Fence {
  return Buffer.from(random(FENCE_BYTES)).toString("base64url");
}
