import type { Incoming } from "#delivery";
import { FILES_CHANNEL } from "#feeds";
import type { Plan } from "#plan";
import type { SystemUnderTest } from "../run-round.ts";
import { captureOutput } from "../system/capture.ts";
import type { Emission } from "../system/channels.ts";
import { runEnforcers } from "../system/run-enforcers.ts";
import { type PipelineRun, runPipeline } from "../system/run-pipeline.ts";
import { createStage } from "../system/stage.ts";

/** What is taken through the system for one processor. */
export interface TraceInput {
  readonly plan: Plan;
  readonly records: readonly Uint8Array[];
  /** Canonical ids of people who are erased. */
  readonly erased: ReadonlySet<string>;
}

/**
 * Takes records through the pipeline into an output directory and through what is deployed, and returns everything that
 * leaves, in its order. Clock, keys and randomness are the same in every trace of a seed.
 */
export async function trace(
  { plan, records, erased }: TraceInput,
  { policy, parts, seed }: Pick<SystemUnderTest, "policy" | "parts" | "seed">,
): Promise<readonly Emission[]> {
  const batch: readonly Incoming[] = records.flatMap((record) => parts.read(record, FILES_CHANNEL));
  const emissions: Emission[] = [];
  const run = (): PipelineRun => ({
    plans: [plan],
    policy,
    parts,
    stage: createStage(seed, parts),
    erased,
    emit: (emission) => emissions.push(emission),
    onDelivery: () => undefined,
  });
  await captureOutput(run().emit, async () => {
    await runPipeline(batch, run());
    await runEnforcers(
      records.map((record) => Buffer.from(record).toString()),
      run(),
    );
  });
  return emissions;
}
