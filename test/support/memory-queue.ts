import { rejected } from "#delivery";
import { OK } from "#delivery/answer";
import type { Message, Queue, QueueAnswer } from "#delivery/queue";

const MAX_BYTES = 1_048_576;

/** How long a FIFO queue remembers dedup ids: SQS service quota. */
const DEDUP_MS = 300_000;

/** A FIFO queue in memory that drops repetitions for five minutes, as SQS does. */
export class MemoryQueue implements Queue {
  readonly #nowMs: () => number;
  readonly #seen = new Map<string, number>();
  #messages: Message[] = [];

  constructor(nowMs: () => number = () => 0) {
    this.#nowMs = nowMs;
  }

  get messages(): readonly Message[] {
    return this.#messages;
  }

  async send(messages: readonly Message[]): Promise<readonly QueueAnswer[]> {
    return messages.map((message) => this.#sendOne(message));
  }

  drain(): readonly Message[] {
    const drained = this.#messages;
    this.#messages = [];
    return drained;
  }

  #sendOne(message: Message): QueueAnswer {
    if (Buffer.byteLength(message.body) > MAX_BYTES) return rejected("TOO_LARGE");
    const seenMs = this.#seen.get(message.dedupId ?? "");
    if (seenMs !== undefined && this.#nowMs() - seenMs < DEDUP_MS) return OK;
    if (message.dedupId !== undefined) this.#seen.set(message.dedupId, this.#nowMs());
    this.#messages.push(message);
    return OK;
  }
}
