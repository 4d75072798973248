import type { Sink } from "#delivery";
import { probeFirst } from "#delivery/protocols/probe-first";
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

/** Longer than one delivery takes where each of its requests is answered just in time. */
const PROBE_MS = 20_000;

/** Makes the sink that a plan delivers to; while it is down, a batch asks it with one delivery. */
export async function sinkFor(plan: Plan, parts: SinkParts): Promise<Sink> {
  const open = await SINKS[plan.delivery.sink]();
  return probeFirst(await open(plan, parts), { ...parts, probeMs: PROBE_MS });
}
