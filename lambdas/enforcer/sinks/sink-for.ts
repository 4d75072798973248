import type { Sink } from "#delivery";
import type { Plan, SinkName } from "#plan";
import type { OpenSink, SinkParts } from "./deployed-sink.ts";

/** Every kind of sink. Loaded when used: an enforcer has one. */
const SINKS: Readonly<Record<SinkName, () => Promise<OpenSink>>> = {
  LAKE: async () => (await import("./lake.ts")).openLake,
  LOG_INDEX: async () => (await import("./log-index.ts")).openLogIndex,
  ENTITY_INDEX: async () => (await import("./entity-index.ts")).openEntityIndex,
  FIFO_QUEUE: async () => (await import("./fifo-queue.ts")).openFifoQueue,
  STANDARD_QUEUE: async () => (await import("./standard-queue.ts")).openStandardQueue,
};

/** Makes the sink that a plan delivers to. */
export async function sinkFor(plan: Plan, parts: SinkParts): Promise<Sink> {
  const open = await SINKS[plan.delivery.sink]();
  return open(plan, parts);
}
