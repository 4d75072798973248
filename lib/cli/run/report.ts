import type { DriftedField, DriftedType, DriftReport, DroppedCount, ProcessorReport, Report, Seen } from "#delivery";

/** The report of a run of files. */
export interface RunReport extends Report {
  /** What stood in the folders and was not read. */
  readonly unread: number;
}

/** What all runs of a directory reported, added up; the policy is that of the last one. */
export interface Totals extends RunReport {
  readonly runs: number;
}

/** Adds a run's report to those of the runs before it. */
export function addReports(before: Totals | undefined, run: RunReport): Totals {
  if (before === undefined) return { runs: 1, ...run };
  const drift = addOptional(before.drift, run.drift, addDrift);
  return {
    runs: before.runs + 1,
    events: before.events + run.events,
    duplicates: before.duplicates + run.duplicates,
    unmatched: before.unmatched + run.unmatched,
    malformed: before.malformed + run.malformed,
    unread: before.unread + run.unread,
    policy: run.policy,
    processors: addEach(before.processors, run.processors, addProcessor),
    ...(drift && { drift }),
  };
}

function addProcessor(one: ProcessorReport, other: ProcessorReport): ProcessorReport {
  const undelivered = addOptional(one.undelivered, other.undelivered, addCounts);
  return {
    delivered: one.delivered + other.delivered,
    skipped: addCounts(one.skipped, other.skipped),
    rejected: addCounts(one.rejected, other.rejected),
    ...(undelivered && { undelivered }),
    dropped: addLines([...one.dropped, ...other.dropped], keyOfDropped, addCount).sort(
      (left, right) => right.count - left.count,
    ),
  };
}

function addDrift(one: DriftReport, other: DriftReport): DriftReport {
  const others = addOptional(one.others, other.others, add);
  return {
    events: one.events + other.events,
    types: addLines([...one.types, ...other.types], keyOfType, addSeen),
    fields: addLines([...one.fields, ...other.fields], keyOfField, addSeen),
    ...(others !== undefined && { others }),
  };
}

const keyOfDropped = ({ path, type }: DroppedCount): readonly string[] => [path, type];
const keyOfType = ({ feed, event }: DriftedType): readonly string[] => [feed, event];
const keyOfField = ({ feed, path, event, type, reason }: DriftedField): readonly string[] => [
  feed,
  path,
  event,
  type,
  reason,
];

type Counts<Name extends string> = Readonly<Partial<Record<Name, number>>>;

function addCounts<Name extends string>(one: Counts<Name>, other: Counts<Name>): Counts<Name> {
  return addEach<number>(one as Record<string, number>, other as Record<string, number>, add) as Counts<Name>;
}

function addEach<Value>(
  one: Readonly<Record<string, Value>>,
  other: Readonly<Record<string, Value>>,
  join: (left: Value, right: Value) => Value,
): Readonly<Record<string, Value>> {
  const sums = new Map(Object.entries(one));
  for (const [name, value] of Object.entries(other)) sums.set(name, addOptional(sums.get(name), value, join) ?? value);
  return Object.fromEntries([...sums].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Adds up the lines of one key, sorted by it. */
function addLines<Line>(
  lines: readonly Line[],
  keyOf: (line: Line) => readonly string[],
  join: (one: Line, other: Line) => Line,
): Line[] {
  const sums = new Map<string, Line>();
  for (const line of lines) {
    const key = keyOf(line).join("\u0000");
    sums.set(key, addOptional(sums.get(key), line, join) ?? line);
  }
  return [...sums].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, line]) => line);
}

function addCount<Line extends DroppedCount>(one: Line, other: Line): Line {
  return { ...one, count: one.count + other.count };
}

function addSeen<Line extends Seen & { readonly count: number }>(one: Line, other: Line): Line {
  const [firstSeen] = [one.firstSeen, other.firstSeen].sort();
  const [, lastSeen] = [one.lastSeen, other.lastSeen].sort();
  return { ...one, count: one.count + other.count, firstSeen, lastSeen };
}

function add(one: number, other: number): number {
  return one + other;
}

function addOptional<Value>(
  one: Value | undefined,
  other: Value | undefined,
  join: (one: Value, other: Value) => Value,
): Value | undefined {
  return one === undefined || other === undefined ? (one ?? other) : join(one, other);
}
