import type { Clock } from "../ports.ts";

/** A clock that is never set back. */
export interface SteadyClock extends Clock {
  /** The latest time that was seen. */
  latestMs(): number;
}

/**
 * Makes a clock go on from the latest time that was seen before.
 *
 * What was delivered yesterday is not of the future because somebody has set the clock back.
 */
export function steadyClock(clock: Clock, fromMs: number): SteadyClock {
  let latestMs = fromMs;
  const nowMs = () => {
    latestMs = Math.max(latestMs, clock.nowMs());
    return latestMs;
  };
  return { nowMs, latestMs: nowMs, sleep: (ms) => clock.sleep(ms) };
}
