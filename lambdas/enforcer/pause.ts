import { backoffMs, type Outcome, type Random } from "#delivery";

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
 * As long as the outcome asks for, or else longer each time.
 */
export function pauseOf(outcomes: readonly Outcome[], options: PauseOptions): number | undefined {
  const pauses = outcomes.flatMap((outcome) => (outcome.kind === "retry" ? [outcome.afterMs ?? growing(options)] : []));
  return pauses.length === 0 ? undefined : Math.max(...pauses);
}

function growing({ receives, longestMs, random }: PauseOptions): number {
  return backoffMs(Math.max(1, receives), { firstMs: FIRST_MS, longestMs }, random);
}
