import type { Answer } from "../answer.ts";
import { type Backoff, type WaitOptions, waited } from "../backoff.ts";

const PAUSES: Backoff = { firstMs: 100, longestMs: 2_000 };

/** No repetition begins after the deadline. */
export interface RetryOptions extends WaitOptions {
  /** How often the call is made at most. */
  readonly attempts: number;
}

/** Repeats a write while nobody knows whether it happened, after growing pauses of random length; the last answer counts. */
export async function retryUnknown<Of extends Answer>(
  write: () => Promise<Of>,
  { attempts, ...waiting }: RetryOptions,
): Promise<Of> {
  let answer = await write();
  for (let made = 1; made < attempts && answer.kind === "unknown"; made++) {
    if (!(await waited(made, PAUSES, waiting))) break;
    answer = await write();
  }
  return answer;
}
