const FIRST_YEAR = 2000;
const END_YEAR = 2100;

/** The times by which partitions and indexes can be chosen, in ms since the epoch; anything else is somebody's mistake. */
export function isEventTime(timeMs: number): boolean {
  return timeMs >= Date.UTC(FIRST_YEAR, 0) && timeMs < Date.UTC(END_YEAR, 0);
}

/** The UTC day and hour of a time, as `2026-01-31` and `23`. */
export function dayAndHour(timeMs: number): { readonly day: string; readonly hour: string } {
  const text = new Date(timeMs).toISOString();
  return { day: text.slice(0, 10), hour: text.slice(11, 13) };
}
