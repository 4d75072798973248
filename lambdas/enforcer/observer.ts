import type { Held, Outcome } from "#delivery";
import { createThrownKinds, type ErrorCode } from "#errors";
import type { SafeLog } from "../runtime/safe-log.ts";
import type { SafeMetrics } from "../runtime/safe-metrics.ts";
import { type Summary, sum, summarize } from "./summary.ts";

/** What an enforcer tells about itself. */
export interface Observer {
  onBatch(outcomes: readonly Outcome[], durationMs: number): void;
  /** What of a batch is given back. */
  onHeld(held: Held): void;
  /** Something failed that the pipeline has no answer for, or a transform is defective. */
  onFailure(failure: unknown): void;
  onLedgerUnknown(): void;
}

export interface Instruments {
  readonly log: SafeLog;
  readonly metrics: SafeMetrics;
}

/** Most lines about rejects, and about values left out, of one batch. */
const MAX_LINES = 20;

/** Turns what became of batches into metrics and few log lines: some for each batch, none for each event. */
export function createObserver({ log, metrics }: Instruments): Observer {
  let ledgerUnknown = 0;
  const failures = createThrownKinds();
  return {
    onBatch(outcomes, durationMs) {
      const summary = summarize(outcomes);
      const { skipped, retried, rejected, dropped } = summary;
      log.info("batch enforced", { count: outcomes.length, durationMs, skipped, retried });
      for (const group of rejected.slice(0, MAX_LINES)) log.warn("events rejected", group);
      for (const group of dropped.slice(0, MAX_LINES)) log.warn("values left out", group);
      countAll(summary, metrics);
      metrics.count("LedgerUnknown", ledgerUnknown);
      ledgerUnknown = 0;
      failures.clear();
      metrics.publish();
    },
    onHeld({ count, oldestMs, why }) {
      if (count === 0) return;
      log.warn("events held", { count, oldestMs, retried: why });
      metrics.count("Held", count);
      metrics.count("OldestHeldMs", oldestMs);
      for (const [code, times] of entriesOf(why)) metrics.count(`Held.${code}`, times);
      metrics.publish();
    },
    onFailure(failure) {
      if (failures.addNew(failure) !== undefined) log.error("a part failed", { failure });
    },
    onLedgerUnknown() {
      ledgerUnknown++;
    },
  };
}

function countAll({ delivered, skipped, retried, rejected, dropped }: Summary, metrics: SafeMetrics): void {
  const { duplicate = 0, stale = 0, ...others } = skipped;
  metrics.count("Delivered", delivered);
  metrics.count("Duplicate", duplicate);
  metrics.count("Stale", stale);
  metrics.count("Skipped", sum(others));
  metrics.count(
    "Rejected",
    rejected.reduce((total, { count }) => total + count, 0),
  );
  metrics.count("Retried", sum(retried));
  metrics.count(
    "DroppedValues",
    dropped.reduce((total, { count }) => total + count, 0),
  );
  for (const { code, count } of rejected) metrics.count(`Rejected.${code}`, count);
}

function entriesOf(counts: Held["why"]): readonly (readonly [ErrorCode, number])[] {
  return Object.entries(counts) as [ErrorCode, number][];
}
