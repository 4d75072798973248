import { type Retry, retry } from "#delivery";
import { UNKNOWN } from "#delivery/answer";
import type { Ledger, ObjectStore } from "#delivery/ports";
import type { Queue } from "#delivery/queue";
import type { SearchIndex } from "#delivery/search-index";
import { DeliveryError } from "#errors";
import type { Scheduler, Worker } from "./scheduler.ts";

/** One request of a worker. */
interface Attempted<T> {
  readonly scheduler: Scheduler;
  readonly worker: Worker;
  readonly label: string;
  perform(): Promise<T>;
  /** What the worker is told when nobody knows. */
  unknown(): T;
  /** What it is told when a part is refused and the rest is done; absent = nothing is done in part. */
  performInPart?(): Promise<T>;
}

interface Fate {
  readonly name: string;
  /** Of a hundred. */
  readonly share: number;
  befall<T>(attempted: Attempted<T>): Promise<T>;
}

/** Past every lease and visibility timeout of the simulation. */
const STALL_MS = 200_000;

/** What can happen to a request, the dullest first. */
const FATES: readonly Fate[] = [
  { name: "", share: 72, befall: ({ perform }) => perform() },
  { name: "throttled", share: 5, befall: async ({ unknown }) => unknown() },
  {
    name: "refused in part",
    share: 4,
    befall: ({ perform, performInPart = perform }) => performInPart(),
  },
  {
    name: "response lost",
    share: 6,
    async befall({ perform, unknown }) {
      await perform();
      return unknown();
    },
  },
  { name: "crash before", share: 4, befall: (attempted) => crash(attempted) },
  {
    name: "crash after",
    share: 5,
    async befall(attempted) {
      await attempted.perform();
      return crash(attempted);
    },
  },
  {
    name: "stall before",
    share: 2,
    befall({ scheduler, worker, label, perform }) {
      scheduler.stall(worker, STALL_MS);
      return scheduler.effect(worker, `${label}, late`, perform);
    },
  },
  {
    name: "stall after",
    share: 2,
    async befall({ scheduler, worker, label, perform }) {
      const result = await perform();
      scheduler.stall(worker, STALL_MS);
      return scheduler.effect(worker, `${label}, answered late`, async () => result);
    },
  },
];

/** A crashed worker never comes back from its request. */
function crash<T>({ scheduler, worker }: Attempted<T>): Promise<T> {
  scheduler.crash(worker);
  return new Promise(() => {});
}

/** Makes requests of one worker that can fail in every way a network can, at the scheduler's choice. */
export function faultyRequests(scheduler: Scheduler, worker: Worker) {
  return function request<T>(
    label: string,
    perform: () => Promise<T>,
    unknown: () => T,
    performInPart?: () => Promise<T>,
  ): Promise<T> {
    return scheduler.effect(worker, label, () => {
      const fate = chooseFate(scheduler);
      if (fate.name !== "") scheduler.note(`  ${fate.name}`);
      return fate.befall({ scheduler, worker, label, perform, unknown, ...(performInPart && { performInPart }) });
    });
  };
}

function chooseFate({ choices }: Scheduler): Fate {
  let number = choices.pick(100);
  for (const fate of FATES) {
    if (number < fate.share) return fate;
    number -= fate.share;
  }
  return FATES[0] as Fate;
}

type Request = ReturnType<typeof faultyRequests>;

export function faultyLedger(ledger: Ledger, request: Request): Ledger {
  return {
    insert: (key, claim) =>
      request(
        "claims an event",
        () => ledger.insert(key, claim),
        () => UNKNOWN,
      ),
    replace: (key, claim, when) =>
      request(
        "changes a claim",
        () => ledger.replace(key, claim, when),
        () => UNKNOWN,
      ),
    advance: (key, claim, when) =>
      request(
        "moves an entity on",
        () => ledger.advance(key, claim, when),
        () => UNKNOWN,
      ),
  };
}

export function faultyObjects(objects: ObjectStore, request: Request): ObjectStore {
  return {
    create: (object) =>
      request(
        object.tombstone ? "writes a tombstone" : "writes an object",
        () => objects.create(object),
        () => UNKNOWN,
      ),
    head: (key) =>
      request(
        "looks for an object",
        () => objects.head(key),
        () => {
          throw new DeliveryError("STORE_UNKNOWN", "expected an answer, got none", { retryable: true });
        },
      ),
  };
}

export function faultyQueue(queue: Queue, request: Request): Queue {
  return {
    send: async (messages) => {
      if (messages.length === 0) return [];
      return request(
        "sends messages",
        () => queue.send(messages),
        () => messages.map(() => UNKNOWN),
        () => inPart(messages, (taken) => queue.send(taken)),
      );
    },
  };
}

export function faultyIndex(index: SearchIndex, request: Request): SearchIndex {
  return {
    write: async (items, deadlineMs) => {
      if (items.length === 0) return [];
      return request(
        "writes documents",
        () => index.write(items, deadlineMs),
        () => items.map(() => UNKNOWN),
        () => inPart(items, (taken) => index.write(taken, deadlineMs)),
      );
    },
  };
}

/** Refuses every other item, the first among them, and does the rest. */
async function inPart<Item, Of>(
  items: readonly Item[],
  perform: (taken: readonly Item[]) => Promise<readonly Of[]>,
): Promise<readonly (Of | Retry)[]> {
  const done = (await perform(items.filter((_, at) => at % 2 === 1))).values();
  return items.map((_, at) => (at % 2 === 1 ? (done.next().value as Of) : retry("SINK_DENIED")));
}
