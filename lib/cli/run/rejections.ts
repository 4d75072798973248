import { type ProcessedRecord, pair } from "#delivery";
import type { ErrorCode } from "#errors";

/** That a record was refused, and why. Holds no event data. */
export interface RejectionLine {
  /** Where the record stands, such as `events.ndjson:12`. */
  readonly record: string;
  readonly code: ErrorCode;
  /** Declared names of the place that does not fit; absent where it is the record itself. */
  readonly path?: string;
  readonly processors: readonly string[];
}

/** Lists why a record was refused: a line per code and place, with the processors that did. */
export function rejectionsOf(
  { outcomes }: ProcessedRecord,
  record: string,
  processors: readonly string[],
): readonly RejectionLine[] {
  const lines = new Map<string, RejectionLine & { readonly processors: string[] }>();
  for (const [processor, outcome] of pair(processors, outcomes)) {
    if (outcome.kind !== "rejected") continue;
    const { code, path } = outcome;
    const key = `${code} ${path?.at ?? ""}`;
    const line = lines.get(key) ?? { record, code, ...(path?.at && { path: path.at }), processors: [] };
    line.processors.push(processor);
    lines.set(key, line);
  }
  return [...lines.values()];
}
