import { isEvent, refusalOf } from "#delivery";
import type { DriftFinderOptions } from "#drift";
import type { Envelope } from "#feeds";
import { loadPatterns } from "#plan";
import { openInputs } from "../input/index.ts";
import { readBatches } from "../input/read-batches.ts";
import { takeUntil } from "../input/take-until.ts";
import type { Io } from "../io.ts";
import { loadPlans, type PolicyOptions } from "../policy/load-policy.ts";
import { createNotices } from "../run/notices.ts";
import { createProgress } from "../terminal/progress.ts";
import { describeProgress } from "../terminal/progress-words.ts";

/** Finds what is needed to look at events for drift: a plan that keeps events whole has all of it, else each has a part. */
export async function openFinderOptions(
  options: PolicyOptions,
  keys: DriftFinderOptions["keys"],
  io: Io,
): Promise<DriftFinderOptions> {
  const { plans: all } = await loadPlans(options, io);
  const whole = all.find(({ source }) => source === "whole");
  const plans = whole === undefined ? all : [whole];
  return { plans, keys, patterns: await loadPatterns(plans), random: io.random };
}

/**
 * Shows every event of the operands to somebody. Records that are no events are named on the way.
 *
 * @throws {ConfigError} when an input cannot be read
 */
export async function lookAtAll(
  operands: readonly string[],
  viewer: { look(event: Envelope): void },
  io: Io,
): Promise<void> {
  const inputs = await openInputs(operands, io);
  const progress = createProgress(io);
  const notices = createNotices(io, progress);
  let events = 0;
  for await (const { records, places, problems, unread } of takeUntil(readBatches(inputs.items), io.interrupt)) {
    const [problem] = problems;
    if (problem !== undefined) throw problem;
    for (const each of unread) notices.unread(each);
    for (const [at, record] of records.entries()) {
      if (isEvent(record)) viewer.look(record);
      else notices.rejection({ record: places[at] ?? "", code: refusalOf(record).code, processors: [] });
    }
    events += records.length;
    progress.show(describeProgress(events, inputs.progress()));
  }
  notices.end();
}
