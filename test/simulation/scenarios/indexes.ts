import type { Delivery } from "#delivery/ports";
import { createEntityIndexSink } from "#delivery/protocols/entity-index";
import { createLogIndexSink } from "#delivery/protocols/log-index";
import type { IndexItem, SearchIndex } from "#delivery/search-index";
import { MemorySearchIndex } from "#support/memory-search-index";
import { faultyIndex, faultyRequests } from "../faults.ts";
import { event, type Scenario, START_MS } from "../scenario.ts";
import type { Scheduler, Worker } from "../scheduler.ts";

/** What a mutant of the index protocols may change. */
export interface IndexMutation {
  readonly name: string;
  /** The index as workers see it. */
  index?(index: SearchIndex): SearchIndex;
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

/** Two lives: one entity is created, changed, deleted; a late change and a return follow. The other one ties. */
const ENTITY_EVENTS: readonly Delivery[] = [
  state("u1", 1n),
  state("u1", 5n),
  state("u1", 9n, { deleted: true }),
  state("u1", 7n),
  state("u2", 3n, { payload: Buffer.from("first") }),
  state("u2", 3n, { payload: Buffer.from("second") }),
  state("u3", 2n, { deleted: true }),
  state("u3", 4n),
];

function state(entityKey: string, version: bigint, rest: Partial<Delivery> = {}): Delivery {
  const payload = Buffer.from(`${entityKey}@${version}`);
  return event(`${entityKey}@${version}${rest.payload ?? ""}`, { entityKey, version, payload, ...rest });
}

/** Every entity ends up in its newest state; of equal versions the first one to arrive stays; nothing deleted is alive. */
export function entityIndexScenario(mutation: IndexMutation = { name: "entity index" }): Scenario {
  return {
    name: mutation.name,
    begin(scheduler) {
      const store = new MemorySearchIndex();
      store.createIndex("users");
      const arrived: IndexItem[] = [];
      const kept = mutation.store?.(store) ?? store;
      const recording: SearchIndex = {
        write(items, deadlineMs) {
          arrived.push(...items);
          return kept.write(items, deadlineMs);
        },
      };
      return {
        events: ENTITY_EVENTS,
        sinkFor: (worker) => {
          const index = indexFor({ scheduler, worker, store: recording }, mutation);
          return createEntityIndexSink({ index, name: "users", tombstone: TOMBSTONE });
        },
        check: () =>
          [...new Set(ENTITY_EVENTS.map(({ entityKey = "" }) => entityKey))].flatMap((key) =>
            foldViolation(store, arrived, key),
          ),
      };
    },
  };
}

/** The newest of all states, and of equal ones the first that reached the index. */
function foldViolation(store: MemorySearchIndex, arrived: readonly IndexItem[], key: string): readonly string[] {
  const newest = ENTITY_EVENTS.filter(({ entityKey }) => entityKey === key)
    .map(({ version = 0n }) => version)
    .reduce((highest, version) => (version > highest ? version : highest));
  const first = arrived.find(({ id, action }) => id === key && typeof action === "object" && action.version === newest);
  const stored = store.documents("users").get(key);
  const isRight = stored !== undefined && first !== undefined && Buffer.compare(stored.document, first.document) === 0;
  return isRight ? [] : [`entity ${key} is not in its newest state`];
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
