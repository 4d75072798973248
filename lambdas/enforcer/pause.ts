import { backoffMs, type Outcome, type Random } from "#delivery";
import { RETRY_HOLDS } from "#environment";

export interface PauseOptions {
  /** How often the message was received, this time included. */
  readonly receives: number;
  readonly random: Random;
}

/**
 * Finds how long to leave a record alone before it is tried again; undefined when everybody is done with it.
 *
 * Longer each time, and at least as long as the outcome asks for: so a sink that is down costs a bounded number of
 * receives, whatever it answers. The first five pauses end within three minutes, while a FIFO queue still knows the id of
 * what may have been sent.
 */
export function pauseOf(outcomes: readonly Outcome[], options: PauseOptions): number | undefined {
  const pauses = outcomes.flatMap((outcome) =>
    outcome.kind === "retry" ? [Math.max(outcome.afterMs ?? 0, growing(options))] : [],
  );
  return pauses.length === 0 ? undefined : Math.min(RETRY_HOLDS.longestMs, Math.max(...pauses));
}

function growing({ receives, random }: PauseOptions): number {
  return backoffMs(Math.max(1, receives), RETRY_HOLDS, random);
}
