import { divide } from "../divide.ts";
import { OUT_OF_TIME, type Outcome } from "../outcome.ts";
import { answerEach } from "../pair.ts";
import type { Clock, Sink } from "../ports.ts";

export interface Portions {
  readonly clock: Pick<Clock, "nowMs">;
  /** Deliveries in a portion. */
  readonly size: number;
  /** Longest time that a portion may take. */
  readonly portionMs: number;
}

/** Delivers a portion after the other and begins none that might not end before the deadline. */
export function inPortions(sink: Sink, { clock, size, portionMs }: Portions): Sink {
  return {
    async deliver(batch, deadlineMs) {
      const outcomes: Outcome[] = [];
      for (const portion of divide(batch, { items: size })) {
        const isInTime = clock.nowMs() + portionMs <= deadlineMs;
        const deliver = () => sink.deliver(portion, deadlineMs);
        outcomes.push(...(isInTime ? await answerEach(portion, deliver) : portion.map(() => OUT_OF_TIME)));
      }
      return outcomes;
    },
  };
}
