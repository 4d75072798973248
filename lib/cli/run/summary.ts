import type { DroppedCount, ProcessorReport } from "#delivery";
import { SKIP_REASONS } from "#engine";
import { formatCount } from "../terminal/progress-words.ts";
import { renderTable, type TableColumn } from "../terminal/table.ts";
import type { RunReport } from "./report.ts";

/** Renders the report of a run for a reader. `out` is the output directory, as the user wrote it. */
export function renderSummary(report: RunReport, out: string): string {
  return `${renderProcessors(report)}\n${renderTotals(report)}\n${out}/report.json has the rest\n`;
}

/** One row per processor; a column for each reason for which any event was skipped. */
function renderProcessors({ processors }: RunReport): string {
  const counts = Object.values(processors);
  const reasons = SKIP_REASONS.filter((reason) => counts.some(({ skipped }) => skipped[reason] !== undefined));
  const columns: readonly TableColumn[] = [
    { title: "processor" },
    { title: "delivered", align: "right" },
    ...reasons.map((title): TableColumn => ({ title, align: "right" })),
    { title: "rejected", align: "right" },
    { title: "left out most" },
  ];
  const rows = Object.entries(processors).map(([name, count]) => [
    name,
    formatCount(count.delivered),
    ...reasons.map((reason) => formatCount(count.skipped[reason] ?? 0)),
    renderRejected(count),
    renderDropped(count.dropped[0]),
  ]);
  return renderTable(columns, rows);
}

function renderRejected({ rejected, undelivered }: ProcessorReport): string {
  const codes = Object.entries({ ...rejected, ...undelivered });
  return codes.map(([code, count]) => `${formatCount(count)} ${code}`).join(", ") || "0";
}

function renderDropped(most: DroppedCount | undefined): string {
  return most === undefined ? "-" : `${formatCount(most.count)} ${most.path} (${most.type})`;
}

function renderTotals({ events, duplicates, unmatched, malformed, unread, policy }: RunReport): string {
  const parts = [
    `${formatCount(events)} ${events === 1 ? "event" : "events"}`,
    ...(duplicates > 0 ? [`${formatCount(duplicates)} seen before`] : []),
    ...(unmatched > 0 ? [`${formatCount(unmatched)} of types that no schema describes`] : []),
    ...(malformed > 0 ? [`${formatCount(malformed)} malformed`] : []),
    ...(unread > 0 ? [`${formatCount(unread)} ${unread === 1 ? "file" : "files"} unread`] : []),
  ];
  return `${parts.join(", ")}; policy ${policy.slice(0, 12)}`;
}
