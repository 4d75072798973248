import type { ErrorCode } from "#errors";
import type { Outcome } from "./outcome.ts";

/** Something that waits for its next try, whatever keeps it: a message of an inlet, a line of a directory. */
export interface HeldItem {
  /** When it came, in ms since the epoch; absent where nobody knows. */
  readonly sinceMs?: number;
  /** What became of it for each processor. */
  readonly outcomes: readonly Outcome[];
}

/** What is held: how much, since when, and why. Holds no event data. */
export interface Held {
  readonly count: number;
  /** Age of the oldest, in ms; 0 where nobody knows. */
  readonly oldestMs: number;
  /** How often each code was the reason. */
  readonly why: Readonly<Partial<Record<ErrorCode, number>>>;
}

/** Sums up what is not done with: each for which some processor's outcome is a retry. */
export function heldOf(items: readonly HeldItem[], nowMs: number): Held {
  const held = items.filter(({ outcomes }) => outcomes.some(({ kind }) => kind === "retry"));
  const why: Partial<Record<ErrorCode, number>> = {};
  for (const outcome of held.flatMap(({ outcomes }) => outcomes)) {
    if (outcome.kind === "retry") why[outcome.code] = (why[outcome.code] ?? 0) + 1;
  }
  const ages = held.map(({ sinceMs = nowMs }) => nowMs - sinceMs);
  return { count: held.length, oldestMs: Math.max(0, ...ages), why };
}
