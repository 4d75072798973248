import type { Delivery } from "#delivery";
import { joinSegments } from "#engine";
import { writeJson } from "#json";
import { isSealed, type Plan } from "#plan";
import { open, sealContext } from "#seal";
import type { PlantedEvent } from "./events/plant-event.ts";
import type { PlantedRecord, Round } from "./events/plant-round.ts";
import { readRound } from "./read-round.ts";
import { captureOutput } from "./system/capture.ts";
import { type Emission, emitValue } from "./system/channels.ts";
import type { Parts } from "./system/parts.ts";
import { runEnforcers } from "./system/run-enforcers.ts";
import { type PipelineRun, runPipeline } from "./system/run-pipeline.ts";
import { createStage, type Stage } from "./system/stage.ts";

/** The system under test. */
export interface SystemUnderTest {
  readonly plans: readonly Plan[];
  /** Hash of the policy. */
  readonly policy: string;
  readonly parts: Parts;
  readonly seed: string;
}

/** What a processor was given of an event. */
export interface GivenPayload {
  readonly plan: Plan;
  readonly event: PlantedEvent;
  /** As JSON; opened where it was sealed. */
  readonly payload: string;
}

/** Everything that left. */
export interface RoundOutput {
  readonly emissions: readonly Emission[];
  readonly payloads: readonly GivenPayload[];
}

/** Takes a round through the pipeline into an output directory, and through what is deployed. */
export async function runRound(round: Round, { plans, policy, parts, seed }: SystemUnderTest): Promise<RoundOutput> {
  const stage = createStage(seed, parts);
  const reader = {
    read: parts.read,
    keys: await stage.keys.open([]),
  };
  const { batch, events, erased } = readRound(round.records, reader);
  const emissions: Emission[] = [];
  const payloads: GivenPayload[] = [];
  const run: PipelineRun = {
    plans,
    policy,
    parts,
    stage,
    erased,
    emit: (emission) => emissions.push(emission),
    onDelivery(plan, delivery) {
      const event = events.get(delivery.ledgerId);
      if (event === undefined) return;
      const payload = openPayload(plan, delivery, stage);
      payloads.push({ plan, event, payload });
      if (isSealed(plan)) emitValue(run.emit, { processor: plan.processor, channel: "opened payload" }, payload);
    },
  };
  await captureOutput(run.emit, async () => {
    await runPipeline(batch, run);
    await runEnforcers(round.records.flatMap(messagesOf), run);
  });
  return { emissions, payloads };
}

/** Containers are for webhooks and files; a queue carries one event in each message. */
function messagesOf({ bytes, events }: PlantedRecord): readonly string[] {
  return events.length > 0 ? events.map(({ record }) => record) : [Buffer.from(bytes).toString()];
}

/** The payload as whoever has the key reads it. */
function openPayload(plan: Plan, { payload, deliveryId }: Delivery, { keys }: Stage): string {
  const aad = sealContext({ deliveryId, path: "", processor: plan.processor });
  const opened = open({ envelope: payload, aad, keys: keys.opening(plan) });
  if (!opened.ok) return Buffer.from(payload).toString();
  const record = joinSegments(opened.segments.map((segment) => (segment.ok ? segment.plaintext : undefined)));
  return record === undefined ? "" : writeJson(record);
}
