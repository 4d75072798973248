import type { Delivery } from "#delivery/ports";
import { createEntityIndexSink } from "#delivery/protocols/entity-index";
import { createLogIndexSink } from "#delivery/protocols/log-index";
import type { SearchIndex } from "#delivery/search-index";
import { MemorySearchIndex } from "#support/memory-search-index";
import { faultyIndex, faultyRequests } from "../faults.ts";
import { ENDINGS, STATE_DELIVERIES } from "../lives.ts";
import type { Ending } from "../lives-oracle.ts";
import { event, type Scenario, START_MS } from "../scenario.ts";
import type { Scheduler, Worker } from "../scheduler.ts";

/** What a mutant of the index protocols may change. */
export interface IndexMutation {
  readonly name: string;
  /** The index as workers see it. */
  index?(index: SearchIndex): SearchIndex;
  /** What is made of an event. */
  delivery?(delivery: Delivery): Delivery;
  /** The index itself, below the faults. */
  store?(documents: MemorySearchIndex): SearchIndex;
}

const DAY_MS = 86_400_000;

/** Two days of events, so that they belong to two indexes. */
const LOG_EVENTS: readonly Delivery[] = [
  event("a"),
  event("b"),
  event("c", { timeMs: START_MS - DAY_MS }),
  event("d", { timeMs: START_MS - DAY_MS }),
];

/** Each event is in exactly one index, once. */
export function logIndexScenario(mutation: IndexMutation = { name: "log index" }): Scenario {
  return {
    name: mutation.name,
    begin(scheduler) {
      const store = new MemorySearchIndex();
      const days = [START_MS, START_MS - DAY_MS, START_MS + DAY_MS, START_MS + 2 * DAY_MS].map(nameOfDay);
      for (const day of days) store.createIndex(day);
      const nameOf = ({ timeMs }: Delivery) => nameOfDay(timeMs);
      return {
        events: LOG_EVENTS,
        sinkFor: (worker) => createLogIndexSink({ index: indexFor({ scheduler, worker, store }, mutation), nameOf }),
        check: () => LOG_EVENTS.flatMap(({ deliveryId }) => countViolation(store, days, deliveryId)),
      };
    },
  };
}

function nameOfDay(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

function countViolation(store: MemorySearchIndex, indexes: readonly string[], id: string): readonly string[] {
  const count = indexes.filter((index) => store.documents(index).has(id)).length;
  return count === 1 ? [] : [`event ${id} is in ${count} indexes`];
}

const TOMBSTONE = Buffer.from('{"deleted":true}');

/** Every entity ends as its events say, by a fold that knows nothing of orders; nothing deleted is alive. */
export function entityIndexScenario(mutation: IndexMutation = { name: "entity index" }): Scenario {
  return {
    name: mutation.name,
    begin(scheduler) {
      const store = new MemorySearchIndex();
      store.createIndex("users");
      const kept = mutation.store?.(store) ?? store;
      return {
        events: STATE_DELIVERIES.map(mutation.delivery ?? ((delivery) => delivery)),
        sinkFor: (worker) => {
          const index = indexFor({ scheduler, worker, store: kept }, mutation);
          return createEntityIndexSink({ index, name: "users", tombstone: TOMBSTONE });
        },
        check: () => [...ENDINGS].flatMap(([user, ending]) => endingViolation(user, ending, store)),
      };
    },
  };
}

function endingViolation(user: string, { isAlive, saidBy }: Ending, store: MemorySearchIndex): readonly string[] {
  const { document } = store.documents("users").get(user) ?? {};
  if (document === undefined) return [`nothing is known of ${user}`];
  const isTombstone = Buffer.compare(document, TOMBSTONE) === 0;
  if (isTombstone === isAlive) return [`${user} is ${isAlive ? "gone" : "alive"}`];
  const isRight = isTombstone || saidBy.has(JSON.parse(Buffer.from(document).toString()));
  return isRight ? [] : [`${user} is not in the newest state`];
}

interface Place {
  readonly scheduler: Scheduler;
  readonly worker: Worker;
  readonly store: SearchIndex;
}

function indexFor({ scheduler, worker, store }: Place, mutation: IndexMutation): SearchIndex {
  const seen = faultyIndex(store, faultyRequests(scheduler, worker));
  return mutation.index?.(seen) ?? seen;
}
