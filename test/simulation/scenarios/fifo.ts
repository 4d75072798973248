import type { Outcome } from "#delivery";
import { createFence } from "#delivery/fence";
import type { Claim, Delivery, Ledger, Sink } from "#delivery/ports";
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
 * Each event is sent, and delivered only once that is written down. It is sent a second time only where the protocol says
 * so: when the worker that sent it did not get to write that down, and then under the same id.
 */
export function fifoEveryEventScenario(mutation: FifoMutation = { name: "FIFO, every event" }): Scenario {
  return {
    name: mutation.name,
    begin(scheduler) {
      const queue = new MemoryQueue(() => scheduler.nowMs);
      const record = new SendRecord(() => scheduler.nowMs);
      const place = { scheduler, ledger: record, queue: record.watch(queue) };
      return {
        events: EVENTS,
        sinkFor: (worker) => sinkFor(createFifoEveryEventSink, { ...place, worker }, mutation),
        check: (settled) =>
          EVENTS.flatMap(({ deliveryId: id }) => {
            const kinds = settled.filter(([{ deliveryId }]) => deliveryId === id).map(([, { kind }]) => kind);
            const messages = queue.messages.filter(({ body }) => body.includes(`"${id}"`));
            return faultsOf({ id, kinds: new Set(kinds), messages, record });
          }),
      };
    },
  };
}

interface EventStory {
  readonly id: string;
  /** What its copies were told. */
  readonly kinds: ReadonlySet<Outcome["kind"]>;
  /** What the consumer has of it. */
  readonly messages: readonly Message[];
  readonly record: SendRecord;
}

function faultsOf({ id, kinds, messages, record }: EventStory): readonly string[] {
  const faults = {
    "was not sent": messages.length === 0 && !kinds.has("rejected"),
    "was sent too often": record.sends(id) > record.licences(id),
    "has two ids": messages.some(({ dedupId }) => dedupId !== id),
    "is not written down": kinds.has("delivered") && !record.isMarked(id),
  };
  return Object.entries(faults).flatMap(([fault, isSo]) => (isSo ? [`event ${id} ${fault}`] : []));
}

/** How far the clocks of two workers may be apart. */
const MOST_APART_MS = 4_000;

/** Remembers how often an event was sent, and how often it could be: by who claimed it and did not let it go unsent. */
class SendRecord extends MemoryLedger {
  readonly #nowMs: () => number;
  readonly #licences = new Map<string, number>();
  readonly #sends = new Map<string, number>();
  readonly #leases = new Map<string, number>();
  readonly #marked = new Set<string>();
  readonly #letGo = new Set<string>();

  constructor(nowMs: () => number) {
    super(nowMs);
    this.#nowMs = nowMs;
  }

  override async insert(...[key, claim]: Parameters<MemoryLedger["insert"]>) {
    const answer = await super.insert(key, claim);
    if (answer.kind === "ok") this.#leases.set(key.id, claim.leaseUntilMs);
    return answer;
  }

  override async replace(...[key, claim, when]: Parameters<MemoryLedger["replace"]>) {
    const answer = await super.replace(key, claim, when);
    if (answer.kind === "ok") this.#note(key.id, claim, claim.fence === when.fence);
    return answer;
  }

  /** A claim is let go once, however often that is written; and it is nobody else's while its lease runs. */
  #note(id: string, { state, fence, leaseUntilMs }: Claim, isOwn: boolean): void {
    const isRunning = (this.#leases.get(id) ?? 0) > this.#nowMs() + MOST_APART_MS;
    this.#leases.set(id, leaseUntilMs);
    if (state === "done") this.#marked.add(id);
    else if (!isOwn) this.#licences.set(id, isRunning ? Number.NEGATIVE_INFINITY : this.licences(id) + 1);
    else if (this.#letGo.size < this.#letGo.add(`${id} ${fence}`).size) this.#licences.set(id, this.licences(id) - 1);
  }

  watch(queue: Queue): Queue {
    return {
      send: (messages) => {
        for (const { dedupId = "" } of messages) this.#sends.set(dedupId, this.sends(dedupId) + 1);
        return queue.send(messages);
      },
    };
  }

  sends(id: string): number {
    return this.#sends.get(id) ?? 0;
  }

  licences(id: string): number {
    return this.#licences.get(id) ?? 1;
  }

  isMarked(id: string): boolean {
    return this.#marked.has(id);
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
    newFence: () => createFence(random),
  };
  const sink = create(mutation.options?.(options) ?? options);
  return withinHorizon(sink, { clock, rememberMs: HORIZON_MS, marginMs: WORKER_LIFE_MS });
}
