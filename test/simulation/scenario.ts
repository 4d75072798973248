import type { Clock, Delivery, Outcome, Random, Sink } from "#delivery";
import type { Scheduler, Worker } from "./scheduler.ts";

/** Longer than any worker of the simulation lives between its first claim and its last write. */
export const LEASE_MS = 120_000;

/** How long the ledger remembers; older events are refused. */
export const HORIZON_MS = 24 * 3_600_000;

/** Longer than a worker can live, skew included. */
export const WORKER_LIFE_MS = 900_000;

/** A moment after every event of the scenarios. */
export const START_MS = Date.UTC(2026, 0, 31, 12);

/** A protocol in a world: its stores, the events it is given, and what must hold in the end. */
export interface Scenario {
  readonly name: string;
  /** Makes the world anew. A mutant changes parts of it. */
  begin(scheduler: Scheduler): World;
}

export interface World {
  readonly events: readonly Delivery[];
  /** The sink as one worker sees it, with its requests at the scheduler's mercy. */
  sinkFor(worker: Worker): Sink;
  /** What the outside does when time passes: lifecycle rules, TTL. */
  passTime?(nowMs: number): void;
  /** What is wrong once everything has come to rest; each line names an event by its position. */
  check(settled: readonly (readonly [Delivery, Outcome])[]): readonly string[];
}

/** A worker's own clock, off by its skew; sleeping is an effect. */
export function clockOf(scheduler: Scheduler, worker: Worker): Clock {
  return {
    nowMs: () => scheduler.nowMs + worker.skewMs,
    sleep: (ms) => scheduler.sleep(worker, ms),
  };
}

/** Bytes that no other worker draws: the worker's name and a count. */
export function randomOf(worker: Worker): Random {
  let drawn = 0;
  return (length) => {
    const bytes = Buffer.alloc(length);
    bytes.write(`${worker.name}.${drawn++}.`.slice(0, length));
    return bytes;
  };
}

/** An event of the scenarios. `id` stands for everything keyed. */
export function event(id: string, rest: Partial<Delivery> = {}): Delivery {
  return {
    ledgerId: id,
    deliveryId: id,
    payload: Buffer.from(JSON.stringify({ id })),
    deleted: false,
    timeMs: START_MS - 60_000,
    feed: "AUTH0_LOGS",
    envelope: {},
    attributes: {},
    ...rest,
  };
}
