import type { Clock, Random } from "../ports.ts";

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

interface Insistence {
  readonly clock: Clock;
  readonly random: Random;
  /** How often the call is made at most. */
  readonly attempts: number;
}

/** Repeats a call while its outcome is unknown, after growing pauses of random length; the last answer counts. */
export async function insist<Answer>(
  call: () => Promise<Answer | "unknown">,
  { clock, random, attempts }: Insistence,
): Promise<Answer | "unknown"> {
  let answer = await call();
  for (let made = 1; made < attempts && answer === "unknown"; made++) {
    await clock.sleep(pauseMs(made, random));
    answer = await call();
  }
  return answer;
}

function pauseMs(made: number, random: Random): number {
  const [byte = 0] = random(1);
  return (Math.min(FIRST_PAUSE_MS * 2 ** made, LONGEST_PAUSE_MS) * (1 + byte / 255)) / 2;
}
