import type { Answer } from "./answer.ts";

/** One message for a queue. */
export interface Message {
  readonly body: string;
  /** Messages of one group keep their order (FIFO queues). */
  readonly group?: string;
  /** The queue drops a second message with the same id within five minutes (FIFO queues). */
  readonly dedupId?: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a queue says of one message. After `unknown` it may or may not be there; a FIFO queue drops a repetition. */
export type QueueAnswer = Answer<"ok" | "unknown" | "retry" | "rejected">;

/**
 * A queue that takes messages in batches and tells for each how it went. Answer i belongs to message i.
 *
 * Nothing is tried again after the deadline (ms since the epoch; absent = none); what `retry` is said of was not sent.
 */
export interface Queue {
  send(messages: readonly Message[], deadlineMs?: number): Promise<readonly QueueAnswer[]>;
}
