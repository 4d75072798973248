import type { Delivery, Ledger, ObjectStore, Outcome } from "#delivery";
import type { Layout } from "#delivery/layouts/layout";
import { createLakeSink } from "#delivery/protocols/lake";
import type { LakeLimits } from "#delivery/protocols/lake-options";
import { withinHorizon } from "#delivery/protocols/within-horizon";
import { MemoryLedger } from "#support/memory-ledger";
import { MemoryObjectStore } from "#support/memory-object-store";
import { faultyLedger, faultyObjects, faultyRequests } from "../faults.ts";
import {
  clockOf,
  event,
  HORIZON_MS,
  LEASE_MS,
  randomOf,
  type Scenario,
  START_MS,
  WORKER_LIFE_MS,
} from "../scenario.ts";
import type { Scheduler, Worker } from "../scheduler.ts";

/** What a mutant of the lake protocol may change. */
export interface LakeMutation {
  readonly name: string;
  ledger?(ledger: Ledger): Ledger;
  objects?(objects: ObjectStore): ObjectStore;
  limits?(limits: LakeLimits): LakeLimits;
  batch?(batch: readonly Delivery[]): readonly Delivery[];
}

const LIMITS: LakeLimits = {
  leaseMs: LEASE_MS,
  rememberMs: HORIZON_MS,
  parallelClaims: 2,
  parallelWrites: 2,
  attempts: 2,
  reserveMs: 1_000,
};

type Outcomes = readonly (readonly [Delivery, Outcome])[];

/** Objects live at least as long as the ledger remembers. */
const OBJECT_LIFE_MS = HORIZON_MS;

const HOUR_MS = 3_600_000;

/** Four events of two hours, so that a batch makes more than one object. */
const EVENTS: readonly Delivery[] = [
  event("a"),
  event("b"),
  event("c", { timeMs: START_MS - 2 * HOUR_MS }),
  event("d", { timeMs: START_MS - 2 * HOUR_MS }),
];

/** Each event ends up in exactly one object of its generation, and is lost or doubled by nothing. */
export function lakeScenario(mutation: LakeMutation = { name: "lake" }): Scenario {
  return { name: mutation.name, begin: (scheduler) => beginLake(scheduler, mutation) };
}

function beginLake(scheduler: Scheduler, mutation: LakeMutation) {
  const ledger = new MemoryLedger(() => scheduler.nowMs);
  const store = new MemoryObjectStore();
  const committed = new Map<string, { readonly ids: readonly string[]; readonly bornMs: number }>();
  const recording: ObjectStore = {
    head: (key) => store.head(key),
    async create(object) {
      const answer = await store.create(object);
      if (answer.kind === "ok" && !object.tombstone) {
        committed.set(object.key, { ids: JSON.parse(Buffer.from(object.body).toString()), bornMs: scheduler.nowMs });
      }
      return answer;
    },
  };
  return {
    events: EVENTS,
    sinkFor(worker: Worker) {
      const request = faultyRequests(scheduler, worker);
      const sink = createLakeSink({
        stream: { processor: "P", generation: "g1" },
        ledger: change(faultyLedger(ledger, request), mutation.ledger),
        objects: change(faultyObjects(recording, request), mutation.objects),
        layout: LAYOUT,
        clock: clockOf(scheduler, worker),
        random: randomOf(worker),
        limits: change(LIMITS, mutation.limits),
      });
      const guarded = withinHorizon(sink, {
        clock: clockOf(scheduler, worker),
        rememberMs: HORIZON_MS,
        marginMs: WORKER_LIFE_MS,
      });
      const { batch = (same) => same } = mutation;
      return {
        deliver: (deliveries: readonly Delivery[], deadlineMs: number) =>
          guarded.deliver(batch(deliveries), deadlineMs),
      };
    },
    passTime(nowMs: number) {
      for (const [key, { bornMs }] of committed) if (nowMs - bornMs >= OBJECT_LIFE_MS) store.remove(key);
    },
    check(settled: Outcomes) {
      const stored = [...committed.values()].flatMap(({ ids }) => ids);
      return EVENTS.flatMap(({ ledgerId }) => countViolation(ledgerId, stored, settled));
    },
  };
}

/** An event that was refused for its age may be nowhere, since it is in quarantine; any other is in one object. */
function countViolation(id: string, stored: readonly string[], settled: Outcomes): readonly string[] {
  const count = stored.filter((other) => other === id).length;
  const refused = settled.some(([{ ledgerId }, outcome]) => ledgerId === id && outcome.kind === "rejected");
  return count === 1 || (count === 0 && refused) ? [] : [`event ${id} is in ${count} objects`];
}

function change<T>(value: T, by: ((value: T) => T) | undefined): T {
  return by === undefined ? value : by(value);
}

/** Objects that list the ids of their events. */
const LAYOUT: Layout<string> = {
  prepare: (delivery) => ({
    partition: String(Math.floor(delivery.timeMs / HOUR_MS)),
    row: delivery.ledgerId.slice(0, 1),
  }),
  objectKey: (partition, name) => `${partition}/${name}`,
  encode: (rows) => Buffer.from(JSON.stringify(rows)),
};
