import type { SinkTiming } from "#constructs";
import { visibilityOf } from "#constructs";
import type { VirtualEnforcer } from "./virtual-enforcer.ts";

interface Message {
  readonly id: string;
  readonly body: string;
  visibleMs: number;
  receives: number;
}

export interface InletOptions {
  readonly enforcer: VirtualEnforcer;
  readonly timing: SinkTiming;
  readonly maxReceives: number;
}

/** What a queue and its event source do with an enforcer: batches, visibility, receive counts, dead letters. */
export class VirtualInlet {
  readonly deadLetters: string[] = [];
  invocations = 0;
  busyMs = 0;
  mostReceives = 0;
  longestHoldMs = 0;
  readonly #options: InletOptions;
  #messages: Message[] = [];

  constructor(options: InletOptions) {
    this.#options = options;
  }

  add(id: string, body: string, visibleMs: number): void {
    this.#messages.push({ id, body, visibleMs, receives: 0 });
  }

  /** Works until nothing is left; ends the inlet at the time of the last invocation. */
  async drain(): Promise<void> {
    while (this.#messages.length > 0) await this.#work(this.#receive());
  }

  #receive(): readonly Message[] {
    const { enforcer, timing, maxReceives } = this.#options;
    const { time } = enforcer;
    time.jumpTo(Math.min(...this.#messages.map(({ visibleMs }) => visibleMs)) + timing.batchingWindow.toMilliseconds());
    const due = this.#messages.filter(({ visibleMs }) => visibleMs <= time.nowMs()).slice(0, timing.batchSize);
    for (const message of due) message.receives++;
    const dead = due.filter(({ receives }) => receives > maxReceives);
    this.deadLetters.push(...dead.map(({ id }) => id));
    this.#forget(dead);
    return due.filter((message) => !dead.includes(message));
  }

  async #work(batch: readonly Message[]): Promise<void> {
    const { enforcer, timing } = this.#options;
    const takenMs = enforcer.time.nowMs();
    const { failures, tookMs } = await enforcer.invoke(batch);
    this.invocations++;
    this.busyMs += tookMs;
    this.mostReceives = Math.max(this.mostReceives, ...batch.map(({ receives }) => receives));
    this.#forget(batch.filter(({ id }) => !failures.includes(id)));
    const otherwiseMs = takenMs + visibilityOf(timing).toMilliseconds();
    for (const message of batch) {
      message.visibleMs = enforcer.aws.visible.get(message.id) ?? otherwiseMs;
      this.longestHoldMs = Math.max(this.longestHoldMs, message.visibleMs - enforcer.time.nowMs());
    }
    enforcer.aws.visible.clear();
  }

  #forget(gone: readonly Message[]): void {
    this.#messages = this.#messages.filter((message) => !gone.includes(message));
  }
}
