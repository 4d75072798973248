import { standardMessage } from "../messages.ts";
import type { Settled, Sink } from "../ports.ts";
import type { Queue, Sent } from "../queue.ts";

/** Sends each event at least once; the consumer tells repetitions by the `delivery_id` attribute. */
export function createStandardQueueSink({ queue }: { readonly queue: Queue }): Sink {
  return {
    async deliver(batch) {
      return (await queue.send(batch.map(standardMessage))).map(settle);
    },
  };
}

function settle(sent: Sent): Settled {
  if (sent === "ok") return "delivered";
  return sent === "unknown" ? { retry: "SINK_UNKNOWN" } : sent;
}
