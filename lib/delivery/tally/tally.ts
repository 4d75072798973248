import type { Subject } from "#feeds";
import type { ProcessedRecord } from "../decide-record.ts";
import { isEvent } from "../incoming.ts";
import type { Outcome } from "../outcome.ts";
import { createCounter } from "./counter.ts";
import { createDriftCounter } from "./drift-counter.ts";
import { driftOf } from "./drift-of.ts";
import type { Report } from "./report.ts";
import { createShownNames, FIELD_NAME } from "./shown-names.ts";

export interface TallyOptions {
  /** Hash of the policy. */
  readonly policy: string;
  /** Processors in the order of their plans. */
  readonly processors: readonly string[];
  /** Key for digests of names that must not be shown. */
  readonly key: Uint8Array;
}

/** Counts what becomes of records, in memory that does not grow with their number. */
export interface Tally {
  /** Counts a record; outcome i is that of processor i. */
  add(processed: ProcessedRecord): void;
  report(): Report;
}

export function createTally({ policy, processors, key }: TallyOptions): Tally {
  const totals = { events: 0, duplicates: 0, unmatched: 0, malformed: 0 };
  const names = createShownNames({ key, pattern: FIELD_NAME });
  const drift = createDriftCounter({ names, key });
  const counters = processors.map((name) => ({ name, ...createCounter(names) }));
  return {
    add({ record, subjects, outcomes }) {
      totals.events++;
      if (!isEvent(record)) totals.malformed++;
      if (outcomes.some((outcome) => isSkip(outcome, "no_schema"))) totals.unmatched++;
      if (isDuplicate(outcomes)) totals.duplicates++;
      const whom = personOf(subjects);
      for (const [index, outcome] of outcomes.entries()) counters[index]?.add(outcome, whom);
      const found = driftOf(outcomes);
      if (found !== undefined && isEvent(record)) drift.add(found, record, whom);
    },
    report() {
      const drifted = drift.report();
      return {
        ...totals,
        policy,
        processors: Object.fromEntries(counters.map(({ name, report }) => [name, report()])),
        ...(drifted && { drift: drifted }),
      };
    },
  };
}

function isSkip(outcome: Outcome, reason: string): boolean {
  return outcome.kind === "skipped" && outcome.reason === reason;
}

function isDuplicate(outcomes: readonly Outcome[]): boolean {
  const isOpen = outcomes.some(({ kind }) => kind === "delivered" || kind === "retry");
  return !isOpen && outcomes.some((outcome) => isSkip(outcome, "duplicate"));
}

/** The person an event is about most. */
function personOf(subjects: readonly Subject[]): string | undefined {
  const persons = subjects.filter(({ alias }) => alias === undefined);
  return (persons.find(({ role }) => role === "TARGET") ?? persons[0])?.id;
}
