import type { Drift, Drop } from "#engine";
import { joinPath } from "#json";
import type { Outcome } from "../outcome.ts";

/**
 * Finds what no schema says of an event in what became of it; undefined where nobody looked at it.
 *
 * A processor that keeps events whole knows all of it, and every other one the same. Where there is none, each of the
 * others saw the part that its plan reads: a value that several of them left out counts once.
 */
export function driftOf(outcomes: readonly Outcome[]): Drift | undefined {
  const delivered = outcomes.filter((outcome) => outcome.kind === "delivered");
  const whole = delivered.find(({ drift }) => drift !== undefined);
  if (whole !== undefined) return whole.drift;
  if (delivered.length > 0) return mostOf(delivered.map(({ drops = [] }) => drops.filter(isDrift)));
  return outcomes.some((outcome) => outcome.kind === "skipped" && outcome.reason === "no_schema")
    ? "unknown_type"
    : undefined;
}

function isDrift({ reason }: Drop): boolean {
  return reason === "undeclared" || reason === "wrong_type";
}

function mostOf(seen: readonly (readonly Drop[])[]): readonly Drop[] {
  const most = new Map<string, Drop>();
  for (const drop of seen.flat()) {
    const { at, undeclared } = drop.path;
    const place = `${drop.type} ${drop.reason} ${undeclared === undefined ? at : joinPath(at, undeclared)}`;
    if (drop.count > (most.get(place)?.count ?? 0)) most.set(place, drop);
  }
  return [...most.values()];
}
