import { createRecordingSend } from "./recording-send.ts";
import type { Run } from "./run-pipeline.ts";
import { withErased } from "./stage.ts";

/** Takes records through what is deployed for each plan, all of them through each, and emits every request it sends. */
export async function runEnforcers(records: readonly Uint8Array[], { plans, parts, stage, erased, emit }: Run): Promise<void> {
  const texts = records.map((bytes) => Buffer.from(bytes).toString());
  for (const plan of plans) {
    const send = createRecordingSend(plan.processor, emit);
    const keys = withErased(stage.keys, erased);
    const enforce = await parts.openEnforcer?.(plan, { ...stage, keys, send });
    await enforce?.(texts);
  }
}
