import type { Delivery, Settled, Sink } from "../ports.ts";
import type { Message, Queue, Sent } from "../queue.ts";

/** Sends each event at least once; the consumer tells repetitions by the `delivery_id` attribute. */
export function createStandardQueueSink({ queue }: { readonly queue: Queue }): Sink {
  return {
    async deliver(batch) {
      return (await queue.send(batch.map(messageOf))).map(settle);
    },
  };
}

function messageOf({ payload, attributes, deliveryId }: Delivery): Message {
  return { body: Buffer.from(payload).toString("utf8"), attributes: { ...attributes, delivery_id: deliveryId } };
}

function settle(sent: Sent): Settled {
  if (sent === "ok") return "delivered";
  return sent === "unknown" ? { retry: "SINK_UNKNOWN" } : sent;
}
