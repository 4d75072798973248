import type { Incoming, Outcome, Pipeline, ProcessedRecord } from "#delivery";

/** How often a batch is tried again before what is left of it is told as undelivered. */
const ATTEMPTS = 5;
const LONGEST_WAIT_MS = 1_000;

/** Takes a batch through the pipeline until every record is done with, or the attempts are used up. */
export async function processUntilDone(
  pipeline: Pipeline,
  batch: readonly Incoming[],
  sleep: (ms: number) => Promise<void>,
): Promise<readonly ProcessedRecord[]> {
  const results = [...(await pipeline.process(batch))];
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    const open = results.flatMap((result, index) => (isOpen(result) ? [index] : []));
    if (open.length === 0) break;
    await sleep(longestWait(open.flatMap((index) => results[index]?.outcomes ?? [])));
    const again = await pipeline.process(open.flatMap((index) => batch[index] ?? []));
    for (const [at, index] of open.entries()) {
      const [former, latter] = [results[index], again[at]];
      if (former !== undefined && latter !== undefined) results[index] = merge(former, latter);
    }
  }
  return results;
}

/** Tells whether some processor is not done with the record. */
export function isOpen({ outcomes }: ProcessedRecord): boolean {
  return outcomes.some(({ kind }) => kind === "retry");
}

/** What was done once stays so: asked again, a sink calls it a duplicate. */
function merge(former: ProcessedRecord, latter: ProcessedRecord): ProcessedRecord {
  const outcomes = former.outcomes.map((outcome, plan) =>
    outcome.kind === "retry" ? (latter.outcomes[plan] ?? outcome) : outcome,
  );
  return { ...former, outcomes };
}

function longestWait(outcomes: readonly Outcome[]): number {
  const waits = outcomes.map((outcome) => (outcome.kind === "retry" ? (outcome.afterMs ?? 0) : 0));
  return Math.min(LONGEST_WAIT_MS, Math.max(...waits));
}
