import type { Delivery } from "../ports.ts";
import type { WriteLine } from "./line-layout.ts";

/** What a queue is sent: the body is text, as queues carry it. */
export interface QueueMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a FIFO queue is sent: messages of a group stay in order, a repeated dedup id is dropped within five minutes. */
export interface FifoMessage extends QueueMessage {
  readonly group: string;
  readonly dedup_id: string;
}

export function queueMessage({ payload, attributes }: Delivery): QueueMessage {
  return { body: Buffer.from(payload).toString(), attributes };
}

/** Groups by entity, so that the states of one stay in order; an event about none is a group of its own. */
export function fifoMessage(delivery: Delivery): FifoMessage {
  const { body, attributes } = queueMessage(delivery);
  return { body, group: delivery.entityKey ?? delivery.deliveryId, dedup_id: delivery.deliveryId, attributes };
}

/** Writes messages as JSON lines. */
export function messageLines(message: (delivery: Delivery) => QueueMessage): WriteLine {
  return (delivery) => Buffer.from(`${JSON.stringify(message(delivery))}\n`);
}
