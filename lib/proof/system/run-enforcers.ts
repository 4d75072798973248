import { createRecordingHandler } from "./recording-handler.ts";
import type { PipelineRun } from "./run-pipeline.ts";
import { withErased } from "./stage.ts";

/** A queue carries no larger message: SQS service quota. */
const MAX_MESSAGE_BYTES = 1_048_576;

/** Takes messages through what is deployed for each plan, all of them through each, and emits every request it sends. */
export async function runEnforcers(
  messages: readonly string[],
  { plans, parts, stage, erased, emit }: PipelineRun,
): Promise<void> {
  const carried = messages.filter((message) => Buffer.byteLength(message) <= MAX_MESSAGE_BYTES);
  for (const plan of plans) {
    const handler = createRecordingHandler(plan.processor, emit);
    const keys = withErased(stage.keys, erased);
    const enforce = await parts.openEnforcer?.(plan, { ...stage, keys, handler });
    await enforce?.(carried);
  }
}
