import type { Delivery, Ledger, Sink } from "#delivery/ports";
import { acceptNewest } from "#delivery/protocols/accept-newest";
import { createFifoEveryEventSink, type FifoOptions } from "#delivery/protocols/fifo-every-event";
import { createFifoNewestStateSink } from "#delivery/protocols/fifo-newest-state";
import { withinHorizon } from "#delivery/protocols/within-horizon";
import type { Message, Queue } from "#delivery/queue";
import { MemoryLedger } from "#support/memory-ledger";
import { MemoryQueue } from "#support/memory-queue";
import { faultyLedger, faultyQueue, faultyRequests } from "../faults.ts";
import { ENDINGS, STATE_DELIVERIES } from "../lives.ts";
import { clockOf, event, HORIZON_MS, LEASE_MS, randomOf, type Scenario, WORKER_LIFE_MS } from "../scenario.ts";
import type { Scheduler, Worker } from "../scheduler.ts";

/** What a mutant of the FIFO protocols may change. */
export interface FifoMutation {
  readonly name: string;
  ledger?(ledger: Ledger): Ledger;
  queue?(queue: Queue): Queue;
  options?(options: FifoOptions): FifoOptions;
  /** The consumer of newest states takes every message. */
  readonly credulous?: true;
}

const EVENTS: readonly Delivery[] = [event("a"), event("b"), event("c"), event("d")];

/**
 * Each event is sent. It is sent a second time only where the protocol says so: when the worker that sent it did not get
 * to write that down, and then under the same id.
 */
export function fifoEveryEventScenario(mutation: FifoMutation = { name: "FIFO, every event" }): Scenario {
  return {
    name: mutation.name,
    begin(scheduler) {
      const queue = new MemoryQueue(() => scheduler.nowMs);
      const ledger = new SendRecord(() => scheduler.nowMs);
      return {
        events: EVENTS,
        sinkFor: (worker) => sinkFor(createFifoEveryEventSink, { scheduler, worker, ledger, queue }, mutation),
        check: (settled) =>
          EVENTS.flatMap(({ deliveryId }) => {
            const messages = queue.messages.filter(({ body }) => body.includes(`"${deliveryId}"`));
            const count = messages.length;
            const refused = settled.some(
              ([{ ledgerId }, outcome]) => ledgerId === deliveryId && outcome.kind === "rejected",
            );
            if (count === 0 && !refused) return [`event ${deliveryId} was not sent`];
            if (count > 1 + ledger.takeovers(deliveryId)) return [`event ${deliveryId} was sent ${count} times`];
            if (messages.some(({ dedupId }) => dedupId !== deliveryId)) return [`event ${deliveryId} has two ids`];
            return [];
          }),
      };
    },
  };
}

/** A ledger that remembers how often a claim was taken over: only then may an event be sent again. */
class SendRecord extends MemoryLedger {
  readonly #takeovers = new Map<string, number>();

  override async replace(...[key, claim, when]: Parameters<MemoryLedger["replace"]>) {
    const answer = await super.replace(key, claim, when);
    if (answer.kind === "ok" && claim.state === "pending") this.#takeovers.set(key.id, this.takeovers(key.id) + 1);
    return answer;
  }

  takeovers(id: string): number {
    return this.#takeovers.get(id) ?? 0;
  }
}

/** A consumer that accepts only what is newer ends in the newest state of every entity and never steps back. */
export function fifoNewestStateScenario(mutation: FifoMutation = { name: "FIFO, newest state" }): Scenario {
  return {
    name: mutation.name,
    begin(scheduler) {
      const queue = new MemoryQueue(() => scheduler.nowMs);
      const ledger = new MemoryLedger(() => scheduler.nowMs);
      const consumer = new Consumer(mutation.credulous ?? false);
      const consumed: Queue = {
        async send(messages) {
          const sent = await queue.send(messages);
          for (const message of queue.drain()) consumer.take(message);
          return sent;
        },
      };
      return {
        events: STATE_DELIVERIES,
        sinkFor: (worker) =>
          sinkFor(createFifoNewestStateSink, { scheduler, worker, ledger, queue: consumed }, mutation),
        check: (settled) => consumer.violations(settled.some(([, outcome]) => outcome.kind === "rejected")),
      };
    },
  };
}

/** What a consumer of newest states holds in the end. */
class Consumer {
  readonly #states = new Map<string, { readonly sequence: number; readonly id: string }>();
  readonly #ids = new Map<string, string>();
  readonly #credulous: boolean;
  readonly #faults = new Set<string>();

  constructor(credulous: boolean) {
    this.#credulous = credulous;
  }

  take({ group = "", dedupId = "", attributes: { sequence = "" } }: Message): void {
    const numbered = `${group} ${sequence}`;
    if ((this.#ids.get(numbered) ?? dedupId) !== dedupId)
      this.#faults.add(`two states of ${group} are number ${sequence}`);
    this.#ids.set(numbered, dedupId);
    const raise = async (key: string, to: number) => this.#raise(key, to, dedupId);
    if (this.#credulous) this.#put(group, Number(sequence), dedupId);
    else void acceptNewest({ raise }, { group, sequence });
  }

  #raise(key: string, to: number, id: string): boolean {
    if (this.#sequenceOf(key) >= to) return false;
    this.#put(key, to, id);
    return true;
  }

  #put(key: string, sequence: number, id: string): void {
    if (this.#sequenceOf(key) > sequence) this.#faults.add(`it steps back with ${key}`);
    this.#states.set(key, { sequence, id });
  }

  #sequenceOf(key: string): number {
    return this.#states.get(key)?.sequence ?? 0;
  }

  violations(refused: boolean): readonly string[] {
    const wrong = refused
      ? []
      : [...ENDINGS].filter(([key, { saidBy }]) => !saidBy.has(this.#states.get(key)?.id ?? ""));
    return [...wrong.map(([key]) => `${key} is not in the newest state`), ...this.#faults];
  }
}

interface Place {
  readonly scheduler: Scheduler;
  readonly worker: Worker;
  readonly ledger: Ledger;
  readonly queue: Queue;
}

function sinkFor(
  create: (options: FifoOptions) => Sink,
  { scheduler, worker, ledger, queue }: Place,
  mutation: FifoMutation,
): Sink {
  const request = faultyRequests(scheduler, worker);
  const clock = clockOf(scheduler, worker);
  const random = randomOf(worker);
  const options: FifoOptions = {
    processor: "P",
    generation: "g1",
    ledger: mutation.ledger?.(faultyLedger(ledger, request)) ?? faultyLedger(ledger, request),
    queue: mutation.queue?.(faultyQueue(queue, request)) ?? faultyQueue(queue, request),
    clock,
    concurrency: 2,
    leaseMs: LEASE_MS,
    horizonMs: HORIZON_MS,
    newFence: () => Buffer.from(random(16)).toString("base64url"),
  };
  const sink = create(mutation.options?.(options) ?? options);
  return withinHorizon(sink, { clock, rememberMs: HORIZON_MS, marginMs: WORKER_LIFE_MS });
}
