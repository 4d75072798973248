import { describe, expect, it } from "vitest";
import { DELIVERED, DUPLICATE, rejected, retry, STALE } from "#delivery";
import { createEntityIndexSink } from "#delivery/protocols/entity-index";
import { createFifoNewestStateSink } from "#delivery/protocols/fifo-newest-state";
import { createLogIndexSink } from "#delivery/protocols/log-index";
import { deliverNewest } from "#delivery/protocols/newest";
import { deliveryOf } from "#support/deliveries";
import { createManualClock } from "#support/manual-clock";
import { MemoryLedger } from "#support/memory-ledger";
import { MemoryQueue } from "#support/memory-queue";
import { MemorySearchIndex } from "#support/memory-search-index";

const state = (name: string, order: string) => deliveryOf(`${name}-${order}`, { entityKey: name, order });
const BATCH = [
  state("ann", "2"),
  deliveryOf("whose", { order: "1" }),
  deliveryOf("which", { entityKey: "bob" }),
  state("ann", "1"),
];
const OUTCOMES = [DELIVERED, rejected("ENFORCER_FAILED"), rejected("ENFORCER_FAILED"), STALE];

function indexes() {
  const index = new MemorySearchIndex();
  index.createIndex("i");
  return index;
}

describe("protocols refuse what they cannot stand, and go on with its neighbours", () => {
  it("entity index", async () => {
    const sink = createEntityIndexSink({ index: indexes(), name: "i", tombstone: Buffer.from("{}") });
    expect(await sink.deliver(BATCH, 1)).toEqual(OUTCOMES);
  });

  it("FIFO queue of newest states", async () => {
    const sink = createFifoNewestStateSink({
      processor: "P",
      generation: "g1",
      ledger: new MemoryLedger(),
      queue: new MemoryQueue(),
      clock: createManualClock(0),
      leaseMs: 1_000,
      horizonMs: 10_000,
      concurrency: 4,
      newFence: () => "f",
    });
    expect(await sink.deliver(BATCH, 1)).toEqual(OUTCOMES);
  });

  it("log index", async () => {
    const index = indexes();
    const sink = createLogIndexSink({ index, nameOf: () => "i" });
    const batch = [deliveryOf("a", { timeMs: 0 }), deliveryOf("b")];
    expect(await sink.deliver(batch, 1)).toEqual([rejected("TIME_OUT_OF_RANGE"), DELIVERED]);
  });
});

describe("deliverNewest", () => {
  const BATCH_OF_ONE_ENTITY = [state("ann", "1"), state("ann", "2"), state("ann", "2")];

  it.each([
    { said: DELIVERED, outcomes: [STALE, DELIVERED, DUPLICATE] },
    { said: retry("SINK_FAILED"), outcomes: [retry("SINK_FAILED"), retry("SINK_FAILED"), retry("SINK_FAILED")] },
    {
      said: rejected("SINK_REFUSED"),
      outcomes: [retry("NEWER_STATE_REFUSED"), rejected("SINK_REFUSED"), retry("NEWER_STATE_REFUSED")],
    },
  ])("says of older states what follows from $said.kind", async ({ said, outcomes }) => {
    expect(await deliverNewest(BATCH_OF_ONE_ENTITY, async () => [said])).toEqual(outcomes);
  });
});
