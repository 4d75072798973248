import type { Drop, SkipReason } from "#engine";
import type { ErrorCode } from "#errors";
import type { JsonKind } from "#json";
import type { Outcome } from "../outcome.ts";
import { pathText } from "../path-text.ts";
import type { DroppedCount, ProcessorReport } from "./report.ts";
import type { SeenName, ShownNames } from "./shown-names.ts";

/** Counts what becomes of records for one processor. */
export interface Counter {
  /** `whom` is the person the event is about; undefined where it is about nobody. */
  add(outcome: Outcome, whom: string | undefined): void;
  report(): ProcessorReport;
}

interface Dropped {
  readonly at: string;
  /** Absent for declared fields. */
  readonly name: SeenName | undefined;
  readonly type: JsonKind;
  count: number;
}

export function createCounter(names: ShownNames): Counter {
  const skipped = new Map<SkipReason, number>();
  const rejected = new Map<ErrorCode, number>();
  const undelivered = new Map<ErrorCode, number>();
  let delivered = 0;
  const dropped = new Map<string, Dropped>();

  function addDrop({ path: { at, undeclared }, type, count }: Drop, whom: string | undefined): void {
    const name = undeclared === undefined ? undefined : names.see(at, undeclared, whom);
    const place = `${type} ${name?.number ?? ""} ${at}`;
    const known = dropped.get(place) ?? { at, name, type, count: 0 };
    known.count += count;
    dropped.set(place, known);
  }

  return {
    add(outcome, whom) {
      if (outcome.kind === "skipped") increment(skipped, outcome.reason);
      if (outcome.kind === "rejected") increment(rejected, outcome.code);
      if (outcome.kind === "retry") increment(undelivered, outcome.code);
      if (outcome.kind !== "delivered") return;
      delivered++;
      for (const drop of outcome.drops ?? []) addDrop(drop, whom);
    },
    report: () => ({
      delivered,
      skipped: inOrder(skipped),
      rejected: inOrder(rejected),
      ...(undelivered.size > 0 && { undelivered: inOrder(undelivered) }),
      dropped: summarize(dropped.values()),
    }),
  };
}

function increment<Name>(counts: Map<Name, number>, name: Name): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function inOrder<Name extends string>(counts: ReadonlyMap<Name, number>): Readonly<Partial<Record<Name, number>>> {
  return Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1))) as Partial<
    Record<Name, number>
  >;
}

/** Different names may be shown alike: their counts are added up. */
function summarize(dropped: Iterable<Dropped>): readonly DroppedCount[] {
  const counts = new Map<string, DroppedCount>();
  for (const { at, name, type, count } of dropped) {
    const path = name === undefined ? at : pathText({ at, undeclared: "" }, () => name.text());
    const place = `${type} ${path}`;
    counts.set(place, { path, type, count: count + (counts.get(place)?.count ?? 0) });
  }
  return [...counts.values()].sort((left, right) => right.count - left.count || (left.path < right.path ? -1 : 1));
}
