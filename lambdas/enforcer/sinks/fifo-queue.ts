import { createFence } from "#delivery/fence";
import { createFifoEveryEventSink } from "#delivery/protocols/fifo-every-event";
import { createFifoNewestStateSink } from "#delivery/protocols/fifo-newest-state";
import { inPortions } from "#delivery/protocols/in-portions";
import { withinHorizon } from "#delivery/protocols/within-horizon";
import type { Mode } from "#plan";
import type { OpenSink } from "./deployed-sink.ts";
import { openLedger, PARALLEL_CLAIMS } from "./open-ledger.ts";
import { openQueue } from "./open-queue.ts";

const PROTOCOLS = {
  EVERY_EVENT: createFifoEveryEventSink,
  NEWEST_STATE: createFifoNewestStateSink,
} as const satisfies Record<Mode, unknown>;

/** What is claimed at once is sent at once: a portion is small enough to be sent while its claims hold. */
const PORTION = { size: 50, portionMs: 10_000 };

/** Messages in a FIFO queue, each sent once. */
export const openFifoQueue: OpenSink = async (plan, parts) => {
  const { clock, random } = parts;
  const { ledger, rememberMs, leaseMs } = openLedger(parts);
  const { processor, generation, delivery } = plan;
  const sink = PROTOCOLS[delivery.mode]({
    processor,
    generation,
    ledger,
    queue: openQueue(plan, parts),
    clock,
    leaseMs,
    horizonMs: rememberMs,
    concurrency: PARALLEL_CLAIMS,
    newFence: () => createFence(random),
  });
  return withinHorizon(inPortions(sink, { clock, ...PORTION }), { clock, rememberMs, marginMs: leaseMs });
};
