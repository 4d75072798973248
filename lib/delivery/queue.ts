import type { Refusal, Retry } from "./ports.ts";

/** One message for a queue. */
export interface Message {
  readonly body: string;
  /** Messages of one group keep their order (FIFO queues). */
  readonly group?: string;
  /** The queue drops a second message with the same id within five minutes (FIFO queues). */
  readonly dedupId?: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** How sending ended. After `unknown` the message may or may not be in the queue; sending it again is safe in a FIFO queue. */
export type Sent = "ok" | "unknown" | Retry | Refusal;

/** A queue that takes messages in batches and tells for each how it went. Result i belongs to message i. */
export interface Queue {
  send(messages: readonly Message[]): Promise<readonly Sent[]>;
}
