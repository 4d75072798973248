import type { Answer } from "../answer.ts";
import type { Clock, Random } from "../ports.ts";

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

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
    await clock.sleep(pauseMs(made, random));
    answer = await write();
  }
  return answer;
}

function pauseMs(made: number, random: Random): number {
  const [byte = 0] = random(1);
  return (Math.min(FIRST_PAUSE_MS * 2 ** made, LONGEST_PAUSE_MS) * (1 + byte / 255)) / 2;
}
