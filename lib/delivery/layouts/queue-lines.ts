import type { Delivery } from "../ports.ts";
import type { Message } from "../queue.ts";
import type { WriteLine } from "./line-layout.ts";

/** Writes what a queue is sent as JSON lines; the body is text, as queues carry it. */
export function messageLines(messageOf: (delivery: Delivery) => Message): WriteLine {
  return (delivery) => {
    const { body, group, dedupId: dedup_id, attributes } = messageOf(delivery);
    return Buffer.from(`${JSON.stringify({ body, group, dedup_id, attributes })}\n`);
  };
}
