import type { Answer } from "../answer.ts";
import { type Backoff, backoffMs } from "../backoff.ts";
import type { Clock, Random } from "../ports.ts";

const PAUSES: Backoff = { firstMs: 100, longestMs: 2_000 };

export interface RetryOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** How often the call is made at most. */
  readonly attempts: number;
  /** No repetition begins after it, in ms since the epoch. */
  readonly deadlineMs: number;
}

/** Repeats a write while nobody knows whether it happened, after growing pauses of random length; the last answer counts. */
export async function retryUnknown<Of extends Answer>(
  write: () => Promise<Of>,
  { clock, random, attempts, deadlineMs }: RetryOptions,
): Promise<Of> {
  let answer = await write();
  for (let made = 1; made < attempts && answer.kind === "unknown"; made++) {
    const waitMs = backoffMs(made, PAUSES, random);
    if (clock.nowMs() + waitMs >= deadlineMs) break;
    await clock.sleep(waitMs);
    answer = await write();
  }
  return answer;
}
