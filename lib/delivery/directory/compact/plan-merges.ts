import { posix } from "node:path";
import type { KeptObject } from "../inspect/inspect-journal.ts";
import { groupBy } from "./group-by.ts";

/** Objects of one partition and one kind of file that may become one. */
export interface MergeGroup {
  readonly partition: string;
  readonly extension: string;
  readonly keys: readonly string[];
}

export interface MergeLimits {
  /** Most events of a merged object. */
  readonly events: number;
  /** Most bytes of the objects that are merged into one: bounds the memory that it takes. */
  readonly bytes: number;
}

/**
 * Longest that an event may wander between Auth0 and a sink, with redrives: 37 days. What is younger is left alone, as in
 * a bucket, where an object that vanishes looks like a writer that died.
 */
export const HORIZON_MS = 37 * 24 * 3_600_000;

const HOUR_MS = 3_600_000;

/** Lists what is to be merged: partitions by the hour that ended before the horizon, smallest objects first. */
export function planMerges(
  objects: ReadonlyMap<string, KeptObject>,
  limits: MergeLimits,
  nowMs: number,
): readonly MergeGroup[] {
  const old = [...objects].filter(([key]) => endOf(posix.dirname(key)) < nowMs - HORIZON_MS);
  const bySize = old.toSorted(([left, one], [right, other]) => one.bytes - other.bytes || (left < right ? -1 : 1));
  const parts = groupBy(bySize, ([key]) => `${posix.dirname(key)}\n${posix.extname(key)}`);
  return parts.flatMap((part) => groupsOf(part, limits));
}

/** When the hour of a partition ends, in ms since the epoch; never for what is none. */
function endOf(partition: string): number {
  const [, day, hour] = /^dt=(\d{4}-\d\d-\d\d)\/hour=(\d\d)$/.exec(partition) ?? [];
  return day === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${day}T${hour}:00:00Z`) + HOUR_MS;
}

type Part = readonly (readonly [string, KeptObject])[];

function groupsOf(part: Part, limits: MergeLimits): readonly MergeGroup[] {
  const groups: { keys: string[]; events: number; bytes: number }[] = [];
  for (const [key, { events, bytes }] of part) {
    const open = groups.at(-1);
    if (open !== undefined && open.events + events <= limits.events && open.bytes + bytes <= limits.bytes) {
      open.keys.push(key);
      open.events += events;
      open.bytes += bytes;
    } else groups.push({ keys: [key], events, bytes });
  }
  return groups.filter(({ keys }) => keys.length > 1).map(({ keys }) => groupOf(keys.sort()));
}

function groupOf(keys: readonly string[]): MergeGroup {
  const [key = ""] = keys;
  return { partition: posix.dirname(key), extension: posix.extname(key), keys };
}
