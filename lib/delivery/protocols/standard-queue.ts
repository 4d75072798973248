import { outcomeOf } from "../answer.ts";
import { standardMessage } from "../messages.ts";
import type { Sink } from "../ports.ts";
import type { Queue } from "../queue.ts";

/** Sends each event at least once; the consumer tells repetitions by the `delivery_id` attribute. */
export function createStandardQueueSink({ queue }: { readonly queue: Queue }): Sink {
  return {
    async deliver(batch, deadlineMs) {
      return (await queue.send(batch.map(standardMessage), deadlineMs)).map(outcomeOf);
    },
  };
}
