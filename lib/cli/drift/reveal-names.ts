import { dirname } from "node:path";
import { type DriftReport, isEvent } from "#delivery";
import { createNameFinder, type NameFinder, type RevealedNames } from "#drift";
import { ConfigError } from "#errors";
import { loadPatterns } from "#plan";
import { openInputs } from "../input/index.ts";
import { readBatches } from "../input/read-batches.ts";
import { takeUntil } from "../input/take-until.ts";
import type { Io } from "../io.ts";
import { openKeys } from "../keys/open-keys.ts";
import { loadPlans, type PolicyOptions } from "../policy/load-policy.ts";
import { createNotices } from "../run/notices.ts";
import { createProgress } from "../terminal/progress.ts";
import { describeProgress } from "../terminal/progress-words.ts";

export interface RevealOptions extends PolicyOptions {
  /** The events that the report was made of: a file, a folder, or `-`. */
  readonly reveal: string;
  readonly keys?: string;
  /** The report itself. */
  readonly file: string;
}

/**
 * Finds the names that a report hides, in the events it was made of.
 *
 * @throws {ConfigError} when no processor keeps events whole, or an input cannot be read
 */
export async function revealNames(report: DriftReport, options: RevealOptions, io: Io): Promise<RevealedNames> {
  const { plans } = await loadPlans(options, io);
  const plan = plans.find(({ source }) => source === "whole");
  if (plan === undefined)
    throw new ConfigError("expected a processor that keeps events whole, got none: name the policy of the run");
  const keys = await openKeys({ ...options, out: dirname(options.file) }, io).open([]);
  const finder = createNameFinder(report, { plan, keys, patterns: await loadPatterns([plan]), random: io.random });
  await lookAtAll(options.reveal, finder, io);
  return finder;
}

async function lookAtAll(operand: string, finder: NameFinder, io: Io): Promise<void> {
  const inputs = await openInputs([operand], io);
  const progress = createProgress(io);
  const notices = createNotices(io, progress);
  let events = 0;
  for await (const { records, problems, unread } of takeUntil(readBatches(inputs.items), io.interrupt)) {
    const [problem] = problems;
    if (problem !== undefined) throw problem;
    for (const each of unread) notices.unread(each);
    for (const record of records) if (isEvent(record)) finder.look(record);
    events += records.length;
    progress.show(describeProgress(events, inputs.progress()));
  }
  progress.clear();
}
