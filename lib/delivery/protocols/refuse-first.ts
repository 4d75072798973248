import type { Rejected } from "../outcome.ts";
import { answerAll } from "../pair.ts";
import type { Delivery, Sink } from "../ports.ts";

/** Refuses deliveries before a sink that cannot stand them; the others go on. */
export function refuseFirst(sink: Sink, check: (delivery: Delivery) => Rejected | undefined): Sink {
  return {
    deliver(batch, deadlineMs) {
      const sorted = batch.map((delivery) => {
        const refusal = check(delivery);
        return refusal === undefined ? { ask: delivery } : { known: refusal };
      });
      return answerAll(sorted, (passed) => sink.deliver(passed, deadlineMs));
    },
  };
}
