import { inPortions } from "#delivery/protocols/in-portions";
import { createStandardQueueSink } from "#delivery/protocols/standard-queue";
import type { OpenSink } from "./deployed-sink.ts";
import { openQueue } from "./open-queue.ts";

const PORTION = { size: 100, portionMs: 5_000 };

/** Messages in a standard queue, each sent at least once. */
export const openStandardQueue: OpenSink = async (plan, parts) => {
  const sink = createStandardQueueSink({ queue: openQueue(plan, parts) });
  return inPortions(sink, { clock: parts.clock, ...PORTION });
};
