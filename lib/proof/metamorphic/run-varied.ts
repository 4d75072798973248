import {
  createPipeline,
  createQuarantine,
  DELIVERED,
  type Delivery,
  type Incoming,
  isEvent,
  ledgerIdOf,
  type Sink,
} from "#delivery";
import { FILES_CHANNEL } from "#feeds";
import type { Plan } from "#plan";
import type { Blueprint } from "../events/blueprint.ts";
import type { SystemUnderTest } from "../run-round.ts";
import { FACTS } from "../system/run-pipeline.ts";
import { createStage, type Stage } from "../system/stage.ts";
import { type Variation, varyEvent } from "./vary-event.ts";

/** What a processor is given of one event. */
export interface Given {
  readonly payload: string;
  /** Everything beside it, as text. */
  readonly beside: string;
}

/** What every processor is given: `get(plan, number)` is that of an event by its position among the blueprints. */
export interface VariedRun {
  get(plan: Plan, number: number): Given | undefined;
}

/** Takes one event of each blueprint through the pipeline; everything but the variation is the same in every run. */
export async function runVaried(
  blueprints: readonly Blueprint[],
  variationOf: (blueprint: Blueprint) => Variation,
  system: SystemUnderTest,
): Promise<VariedRun> {
  const stage = createStage(system.seed, system.parts);
  const keys = await stage.keys.open([]);
  const numbers = new Map<string, number>();
  const batch: Incoming[] = [];
  for (const [number, blueprint] of blueprints.entries()) {
    for (const record of system.parts.read(varyEvent(blueprint, number, variationOf(blueprint)), FILES_CHANNEL)) {
      if (!isEvent(record)) continue;
      numbers.set(ledgerIdOf(record, keys), number);
      batch.push(record);
    }
  }
  const given = new Map<string, Given>();
  await createQuietPipeline(system, stage, (plan, delivery) => {
    given.set(`${plan.processor} ${numbers.get(delivery.ledgerId)}`, givenOf(delivery));
  }).process(batch);
  return { get: ({ processor }, number) => given.get(`${processor} ${number}`) };
}

/** A pipeline whose sinks take everything and write nothing. */
function createQuietPipeline(
  { plans, parts }: SystemUnderTest,
  { clock, random, keys }: Stage,
  note: (plan: Plan, delivery: Delivery) => void,
) {
  const sinkOf = (plan?: Plan): Sink => ({
    async deliver(batch) {
      for (const delivery of batch) if (plan !== undefined) note(plan, delivery);
      return batch.map(() => DELIVERED);
    },
  });
  return createPipeline({
    outlets: plans.map((plan) => ({ plan, sink: sinkOf(plan) })),
    enforcer: parts.engine.link(plans),
    quarantine: createQuarantine({ sink: sinkOf(), random }),
    keys,
    clock,
    random,
    facts: FACTS,
  });
}

function givenOf({ payload, ...beside }: Delivery): Given {
  const text = JSON.stringify(beside, (_, value) => (typeof value === "bigint" ? value.toString() : value));
  return { payload: Buffer.from(payload).toString("latin1"), beside: text };
}
