import { type Rejected, rejected } from "../outcome.ts";
import type { Delivery } from "../ports.ts";

const FIRST_YEAR = 2000;
const END_YEAR = 2100;

/** Refuses an event by whose time no partition or index can be chosen: it is somebody's mistake. */
export function refuseTime({ timeMs }: Pick<Delivery, "timeMs">): Rejected | undefined {
  const isPossible = timeMs >= Date.UTC(FIRST_YEAR, 0) && timeMs < Date.UTC(END_YEAR, 0);
  return isPossible ? undefined : rejected("TIME_OUT_OF_RANGE");
}

/** The UTC day and hour of a time, as `2026-01-31` and `23`. */
export function dayAndHour(timeMs: number): { readonly day: string; readonly hour: string } {
  const text = new Date(timeMs).toISOString();
  return { day: text.slice(0, 10), hour: text.slice(11, 13) };
}
