import type { Clock } from "#delivery";

export interface ManualClock extends Clock {
  advance(ms: number): void;
}

/** A clock that moves when told to, and by as much as somebody sleeps. */
export function createManualClock(startMs = Date.UTC(2026, 0, 31, 23, 30)): ManualClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    advance(ms) {
      nowMs += ms;
    },
    async sleep(ms) {
      nowMs += ms;
    },
  };
}
