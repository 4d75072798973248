import type { SkipReason } from "#engine";
import type { ErrorCode } from "#errors";
import type { JsonKind } from "#json";
import type { FeedName } from "#plan";

/** What became of all records of a run. Holds no event data. */
export interface Report {
  /** Non-empty input records, the malformed ones included. */
  readonly events: number;
  /** Events that some processor had already, and none took anew. */
  readonly duplicates: number;
  /** Events of a type that no schema describes. */
  readonly unmatched: number;
  /** Records that are no event. */
  readonly malformed: number;
  /** Hash of the policy. */
  readonly policy: string;
  readonly processors: Readonly<Record<string, ProcessorReport>>;
  /** Absent when no event was new to a processor. */
  readonly drift?: DriftReport;
}

/** `delivered`, `skipped`, `rejected` and `undelivered` add up to `events`. */
export interface ProcessorReport {
  readonly delivered: number;
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  readonly rejected: Readonly<Partial<Record<ErrorCode, number>>>;
  /** What nobody is done with: the same run again delivers it. Absent when there is none. */
  readonly undelivered?: Readonly<Partial<Record<ErrorCode, number>>>;
  /** Values left out of delivered events although no cell says so, the most frequent first. */
  readonly dropped: readonly DroppedCount[];
}

export interface DroppedCount {
  readonly path: string;
  readonly type: JsonKind;
  readonly count: number;
}

/** What no schema declares of events: of all in them where a processor keeps events whole, else of what the others read. */
export interface DriftReport {
  /** How many events were looked at. */
  readonly events: number;
  readonly types: readonly DriftedType[];
  /** Sorted by feed, path, event type and JSON type. */
  readonly fields: readonly DriftedField[];
  /** Values at places beyond those that are told apart. Absent when there are none. */
  readonly others?: number;
}

/** An event type that no schema names. */
export interface DriftedType extends Seen {
  readonly feed: FeedName;
  readonly event: string;
  /** How many events of it there were. */
  readonly count: number;
}

/** Values at an undeclared place, or of an undeclared JSON type at a declared one. */
export interface DriftedField extends Seen {
  readonly feed: FeedName;
  /** Type of the events they were in. */
  readonly event: string;
  readonly path: string;
  readonly reason: "undeclared" | "wrong_type";
  readonly type: JsonKind;
  readonly count: number;
}

/** Days (UTC) on which the first and the last of the events happened: an exact time could tell an event. */
export interface Seen {
  readonly firstSeen: string;
  readonly lastSeen: string;
}
