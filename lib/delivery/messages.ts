import type { Delivery } from "./ports.ts";
import type { Message } from "./queue.ts";

/** What a FIFO queue is sent: states of one entity stay in order, and an event about none is a group of its own. */
export function fifoMessage(delivery: Delivery): Message {
  const { deliveryId, entityKey, attributes, sequence } = delivery;
  return {
    body: bodyOf(delivery),
    group: entityKey ?? deliveryId,
    dedupId: deliveryId,
    attributes: { ...attributes, ...(sequence !== undefined && { sequence: sequence.toString() }) },
  };
}

/** What a standard queue is sent: the consumer tells repetitions by the `delivery_id` attribute. */
export function standardMessage(delivery: Delivery): Message {
  const { deliveryId: delivery_id, attributes } = delivery;
  return { body: bodyOf(delivery), attributes: { ...attributes, delivery_id } };
}

function bodyOf({ payload }: Delivery): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString("utf8");
}
