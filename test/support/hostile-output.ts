import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Delivery } from "#delivery";
import { entityIndexLines, logIndexLines } from "#delivery/layouts/bulk-lines";
import { createLakeLayout } from "#delivery/layouts/lake-layout";
import type { Layout } from "#delivery/layouts/layout";
import { createLineLayout } from "#delivery/layouts/line-layout";
import { messageLines } from "#delivery/layouts/queue-lines";
import { fifoMessage, standardMessage } from "#delivery/messages";
import type { Deliver } from "#engine";
import { formatOf } from "#formats";
import type { Plan, SinkName } from "#plan";
import { buildModule, compile } from "#support/descriptors";
import { deliver } from "#support/enforce";
import { eventOf } from "#support/events";
import { type HostileEvent, hostileEvents } from "#support/hostile-events";

const POLICY = new URL("../fixtures/policies/readers", import.meta.url).pathname;

/** What one processor is sent of the hostile events, and the file that holds it. */
export interface HostileOutput {
  readonly plan: Plan;
  readonly events: readonly HostileEvent[];
  /** Decision i is that of event i. */
  readonly decisions: readonly Deliver[];
  readonly file: string;
}

const LAYOUTS: Readonly<Record<SinkName, (plan: Plan) => Promise<Layout<unknown>>>> = {
  LAKE: async (plan) => createLakeLayout(await formatOf(plan)) as Layout<unknown>,
  LOG_INDEX: async (plan) => createLineLayout(logIndexLines(plan)) as Layout<unknown>,
  ENTITY_INDEX: async (plan) => createLineLayout(entityIndexLines(plan)) as Layout<unknown>,
  STANDARD_QUEUE: async () => createLineLayout(messageLines(standardMessage)) as Layout<unknown>,
  FIFO_QUEUE: async () => createLineLayout(messageLines(fifoMessage)) as Layout<unknown>,
};

/** Takes the hostile events through the policy of `test/fixtures/policies/readers`; a file for each processor, by its name. */
export async function writeHostileOutputs(folder: string): Promise<ReadonlyMap<string, HostileOutput>> {
  const { plans } = compile(await buildModule(POLICY));
  const events = hostileEvents();
  mkdirSync(folder, { recursive: true });
  const outputs = plans.map(async (plan) => {
    const layout = await LAYOUTS[plan.delivery.sink](plan);
    const decisions = events.map(({ body }, at) => deliver(plan, eventOf(body, { ...FACTS, sourceId: `${at}` })));
    const rows = decisions.map((decision, at) => rowOf(layout, deliveryOf(decision), events[at]?.title ?? ""));
    const file = join(folder, layout.objectKey("", plan.processor).replaceAll("/", ""));
    writeFileSync(file, layout.encode(rows));
    return [plan.processor, { plan, events, decisions, file }] as const;
  });
  return new Map(await Promise.all(outputs));
}

/** What the policy leaves of each event. */
export function payloadsOf({ decisions }: HostileOutput): readonly string[] {
  return decisions.map(({ payload }) => Buffer.from(payload).toString());
}

const FACTS = { feed: "CUSTOM", source: "com.example.readers", type: "anything" } as const;

function deliveryOf({ kind: _, envelope = {}, ...decision }: Deliver): Delivery {
  return { ...decision, envelope, ledgerId: "", timeMs: Date.UTC(2026, 2), feed: FACTS.feed, attributes: {} };
}

function rowOf(layout: Layout<unknown>, delivery: Delivery, title: string): unknown {
  const prepared = layout.prepare(delivery);
  if ("kind" in prepared) throw new Error(`expected a row, got ${prepared.code} for ${title}`);
  return prepared.row;
}
