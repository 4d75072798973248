import { pair } from "#delivery";
import { type Channel, FILES_CHANNEL } from "#feeds";
import type { Inputs } from "../input/index.ts";
import { type Batch, readBatches } from "../input/read-batches.ts";
import { takeUntil } from "../input/take-until.ts";
import type { Io } from "../io.ts";
import { createProgress } from "../terminal/progress.ts";
import { describeProgress } from "../terminal/progress-words.ts";
import { createNotices, type Notices } from "./notices.ts";
import type { OpenedOutput } from "./open-output.ts";
import { isOpen, processUntilDone } from "./process-until-done.ts";
import { rejectionsOf } from "./rejections.ts";
import type { RunReport } from "./report.ts";

/** What became of the inputs. */
export interface Enforced {
  readonly report: RunReport;
  /** How many inputs could not be read, or not to their end. */
  readonly problems: number;
  /** False when the user stopped it. */
  readonly isComplete: boolean;
}

/**
 * Takes inputs through the policy into the output, batch by batch.
 *
 * What cannot be read, and what is no event, is told and does not hold back the rest. Throws when the output cannot be
 * written any more.
 */
export async function enforceInputs(
  inputs: Inputs,
  output: OpenedOutput,
  io: Io,
  channel: Channel = FILES_CHANNEL,
): Promise<Enforced> {
  const progress = createProgress(io);
  const notices = createNotices(io, progress);
  const done = { events: 0, problems: 0, unread: 0 };
  try {
    for await (const batch of takeUntil(readBatches(inputs.items, channel), io.interrupt)) {
      for (const problem of batch.problems) notices.problem(problem);
      for (const unread of batch.unread) notices.unread(unread);
      await enforceBatch(batch, output, notices);
      done.problems += batch.problems.length;
      done.unread += batch.unread.length;
      done.events += batch.records.length;
      progress.show(describeProgress(done.events, inputs.progress()));
    }
  } finally {
    notices.end();
  }
  const { problems, unread } = done;
  return { report: { ...output.tally.report(), unread }, problems, isComplete: !io.interrupt.aborted };
}

async function enforceBatch({ records, places }: Batch, output: OpenedOutput, notices: Notices): Promise<void> {
  const processed = await processUntilDone(output.pipeline, records, output.sleep);
  for (const defect of output.takeDefects()) notices.defect(defect);
  const failure = output.failure();
  if (failure !== undefined && processed.some(isOpen)) throw failure;
  const rejections = pair(processed, places).flatMap(([each, place]) => rejectionsOf(each, place, output.processors));
  for (const each of processed) output.tally.add(each);
  for (const line of rejections) notices.rejection(line);
  await output.records.addRejections(rejections);
}
