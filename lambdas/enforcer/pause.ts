import type { Outcome, Random } from "#delivery";

export interface PauseOptions {
  /** How often the message was received, this time included. */
  readonly receives: number;
  readonly longestMs: number;
  readonly random: Random;
}

const FIRST_MS = 5_000;

/**
 * Finds how long to leave a record alone before it is tried again; undefined when everybody is done with it.
 *
 * As long as the outcome asks for, or else longer each time, cut at random so that what failed together does not come
 * back together.
 */
export function pauseOf(outcomes: readonly Outcome[], options: PauseOptions): number | undefined {
  const pauses = outcomes.flatMap((outcome) => (outcome.kind === "retry" ? [outcome.afterMs ?? growing(options)] : []));
  return pauses.length === 0 ? undefined : Math.max(...pauses);
}

function growing({ receives, longestMs, random }: PauseOptions): number {
  const fullMs = Math.min(longestMs, FIRST_MS * 2 ** Math.max(0, receives - 1));
  const share = Buffer.from(random(4)).readUInt32LE() / 2 ** 32;
  return Math.round((fullMs / 2) * (1 + share));
}
