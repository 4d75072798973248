import { outcomeOf } from "../answer.ts";
import { refuseTime } from "../layouts/event-time.ts";
import type { Delivery, Sink } from "../ports.ts";
import type { IndexItem, SearchIndex } from "../search-index.ts";
import { refuseFirst } from "./refuse-first.ts";

/** What a log index needs to know. */
export interface LogIndexOptions {
  readonly index: SearchIndex;
  /** Name of the index of a delivery, chosen by the event's time alone: an id is unique within its index only. */
  nameOf(delivery: Delivery): string;
}

/**
 * Writes each event once: `_id` is the delivery id, `create` refuses a second one, so no ledger is needed.
 *
 * A repetition goes to the same index, because the index follows from the event's own time and never from the clock.
 */
export function createLogIndexSink({ index, nameOf }: LogIndexOptions): Sink {
  const sink: Sink = {
    async deliver(batch, deadlineMs) {
      const items = batch.map((delivery): IndexItem => {
        const { deliveryId: id, payload: document } = delivery;
        return { index: nameOf(delivery), id, action: "create", document };
      });
      return (await index.write(items, deadlineMs)).map(outcomeOf);
    },
  };
  return refuseFirst(sink, refuseTime);
}
