import { describe, expect, it } from "vitest";
import type { Delivery, Sink } from "#delivery";
import { createFence } from "#delivery/fence";
import { createLakeLayout } from "#delivery/layouts/lake-layout";
import { createEntityIndexSink } from "#delivery/protocols/entity-index";
import { createFifoEveryEventSink } from "#delivery/protocols/fifo-every-event";
import { createFifoNewestStateSink } from "#delivery/protocols/fifo-newest-state";
import { createLakeSink } from "#delivery/protocols/lake";
import { createLogIndexSink } from "#delivery/protocols/log-index";
import { createStandardQueueSink } from "#delivery/protocols/standard-queue";
import { formatOf } from "#formats";
import { deliveryOf, idOf } from "#support/deliveries";
import { createManualClock } from "#support/manual-clock";
import { MemoryLedger } from "#support/memory-ledger";
import { MemoryObjectStore } from "#support/memory-object-store";
import { MemoryQueue } from "#support/memory-queue";
import { MemorySearchIndex } from "#support/memory-search-index";
import { planFor } from "#support/plans";
import { createSeededRandom } from "#support/seeded-random";

const EVENTS = 100;
const BATCH = Array.from({ length: EVENTS }, (_, n) =>
  deliveryOf(`event ${n}`, { entityKey: idOf(`user ${n}`), order: "1" }),
);

describe("ledger writes of each event, which are what delivery costs", () => {
  it.each([
    ["lake", lake, { first: 1, again: 1 }],
    ["FIFO queue of every event", fifo(createFifoEveryEventSink), { first: 2, again: 1 }],
    ["FIFO queue of newest states", fifo(createFifoNewestStateSink), { first: 2, again: 1 }],
    ["standard queue", standardQueue, { first: 0, again: 0 }],
    ["log index", logIndex, { first: 0, again: 0 }],
    ["entity index", entityIndex, { first: 0, again: 0 }],
  ] as const)("%s", async (_, open, { first, again }) => {
    const ledger = new MemoryLedger();
    const sink = await open(ledger);
    expect(await writesOf(sink, ledger, BATCH)).toBe(first * EVENTS);
    expect(await writesOf(sink, ledger, BATCH)).toBe(again * EVENTS);
  });

  it("one for an event that is twice in a batch", async () => {
    const ledger = new MemoryLedger();
    const sink = await lake(ledger);
    expect(await writesOf(sink, ledger, [...BATCH, ...BATCH])).toBe(EVENTS);
  });
});

async function writesOf(sink: Sink, ledger: MemoryLedger, batch: readonly Delivery[]): Promise<number> {
  const before = ledger.writes;
  await sink.deliver(batch, Number.MAX_SAFE_INTEGER);
  return ledger.writes - before;
}

const clock = createManualClock();
const random = createSeededRandom("ledger writes");
const stream = { processor: "CONSUMER", generation: "g1" };

async function lake(ledger: MemoryLedger): Promise<Sink> {
  const limits = {
    leaseMs: 90_000,
    rememberMs: 86_400_000,
    parallelClaims: 10,
    parallelWrites: 2,
    attempts: 3,
    reserveMs: 0,
  };
  const layout = createLakeLayout(await formatOf(planFor({ delivery: { sink: "LAKE" } })));
  return createLakeSink({ stream, ledger, objects: new MemoryObjectStore(), layout, clock, random, limits });
}

function fifo(create: typeof createFifoEveryEventSink) {
  return async (ledger: MemoryLedger): Promise<Sink> => {
    const newFence = () => createFence(random);
    const lease = { leaseMs: 90_000, horizonMs: 86_400_000, concurrency: 10 };
    return create({ ...stream, ...lease, ledger, queue: new MemoryQueue(), clock, newFence });
  };
}

async function standardQueue(): Promise<Sink> {
  return createStandardQueueSink({ queue: new MemoryQueue() });
}

async function logIndex(): Promise<Sink> {
  return createLogIndexSink({ index: indexNamed("logs"), nameOf: () => "logs" });
}

async function entityIndex(): Promise<Sink> {
  return createEntityIndexSink({ index: indexNamed("users"), name: "users", tombstone: Buffer.from("{}") });
}

function indexNamed(name: string): MemorySearchIndex {
  const index = new MemorySearchIndex();
  index.createIndex(name);
  return index;
}
