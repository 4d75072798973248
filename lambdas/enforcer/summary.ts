import type { Outcome } from "#delivery";
import type { Drop, PathShape, SkipReason } from "#engine";
import type { ErrorCode } from "#errors";
import type { JsonKind } from "#json";

/** What became of a batch, in numbers. Holds no event data. */
export interface Summary {
  readonly delivered: number;
  readonly skipped: Counts<SkipReason>;
  readonly rejected: readonly RejectGroup[];
  readonly retried: Counts<ErrorCode>;
  readonly dropped: readonly DropGroup[];
}

export type Counts<Name extends string> = Readonly<Partial<Record<Name, number>>>;

/** Events that were rejected for one reason at one place. */
export interface RejectGroup {
  readonly code: ErrorCode;
  readonly place?: PathShape;
  readonly count: number;
}

/** Values that were left out at one place although no cell says so. */
export interface DropGroup {
  readonly place: PathShape;
  readonly type: JsonKind;
  readonly count: number;
}

/** Counts outcomes. Undeclared names count together under their parent: they can be data. */
export function summarize(outcomes: readonly Outcome[]): Summary {
  const rejected = outcomes.flatMap((outcome) => (outcome.kind === "rejected" ? [outcome] : []));
  const drops = outcomes.flatMap((outcome) => (outcome.kind === "delivered" ? (outcome.drops ?? []) : []));
  return {
    delivered: outcomes.filter(({ kind }) => kind === "delivered").length,
    skipped: countBy(outcomes.flatMap((outcome) => (outcome.kind === "skipped" ? [outcome.reason] : []))),
    rejected: groupBy(rejected, ({ code, path }) => ({ code, ...(path && { place: withoutName(path) }), count: 1 })),
    retried: countBy(outcomes.flatMap((outcome) => (outcome.kind === "retry" ? [outcome.code] : []))),
    dropped: groupBy(drops, ({ path, type, count }: Drop) => ({ place: withoutName(path), type, count })),
  };
}

/** Adds counts up. */
export function sum(counts: Readonly<Partial<Record<string, number>>>): number {
  return Object.values(counts).reduce<number>((total, count = 0) => total + count, 0);
}

function withoutName({ at, undeclared }: PathShape): PathShape {
  return undeclared === undefined ? { at } : { at, undeclared: "" };
}

function countBy<Name extends string>(names: readonly Name[]): Counts<Name> {
  const counts = new Map<Name, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts) as Counts<Name>;
}

/** Adds up what is alike but for its count; the most frequent first. */
function groupBy<Item, Group extends { readonly count: number }>(
  items: readonly Item[],
  groupOf: (item: Item) => Group,
): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const group = groupOf(item);
    const name = JSON.stringify({ ...group, count: 0 });
    groups.set(name, { ...group, count: group.count + (groups.get(name)?.count ?? 0) });
  }
  return [...groups.values()].sort((left, right) => right.count - left.count);
}
