import type { Answer } from "../answer.ts";
import { type Backoff, backoffMs } from "../backoff.ts";
import type { Clock, Random } from "../ports.ts";

const PAUSES: Backoff = { firstMs: 100, longestMs: 2_000 };

export interface RetryOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** How often the call is made at most. */
  readonly attempts: number;
}

/** Repeats a write while nobody knows whether it happened, after growing pauses of random length; the last answer counts. */
export async function retryUnknown<Of extends Answer>(
  write: () => Promise<Of>,
  { clock, random, attempts }: RetryOptions,
): Promise<Of> {
  let answer = await write();
  for (let made = 1; made < attempts && answer.kind === "unknown"; made++) {
    await clock.sleep(backoffMs(made, PAUSES, random));
    answer = await write();
  }
  return answer;
}
