import type { Clock, Random } from "./ports.ts";

export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * Tells how long to wait before the next try: twice as long for each one made, up to the longest.
 *
 * It is cut at random to between a half and all of it, so that what failed together does not come back together.
 *
 * @param made tries before the first of which nothing was waited for; 1 or more
 */
export function backoffMs(made: number, { firstMs, longestMs }: Backoff, random: Random): number {
  const fullMs = Math.min(longestMs, firstMs * 2 ** (made - 1));
  const share = Buffer.from(random(4)).readUInt32LE() / (2 ** 32 - 1);
  return Math.round((fullMs / 2) * (1 + share));
}

export interface WaitOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** When to have given up, in ms since the epoch. */
  readonly deadlineMs: number;
}

/** Waits before the next try; false, and at once, where the deadline would be over by then. */
export async function waited(
  made: number,
  backoff: Backoff,
  { clock, random, deadlineMs }: WaitOptions,
): Promise<boolean> {
  const waitMs = backoffMs(made, backoff, random);
  if (clock.nowMs() + waitMs >= deadlineMs) return false;
  await clock.sleep(waitMs);
  return true;
}
