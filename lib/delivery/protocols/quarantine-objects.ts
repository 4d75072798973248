import { outcomeOf } from "../answer.ts";
import { mapBounded } from "../map-bounded.ts";
import { OUT_OF_TIME, type Outcome, retry } from "../outcome.ts";
import type { Clock, ObjectStore, Sink } from "../ports.ts";

export interface QuarantineObjectsOptions {
  readonly objects: ObjectStore;
  readonly clock: Pick<Clock, "nowMs">;
}

/** Objects being written at once. */
const PARALLEL_WRITES = 8;

/** Keeps each record as an object named by its keyed id. The first one stays, so that a repetition changes nothing. */
export function createQuarantineObjects({ objects, clock }: QuarantineObjectsOptions): Sink {
  return {
    deliver: (batch, deadlineMs) =>
      mapBounded(batch, PARALLEL_WRITES, async ({ deliveryId, payload }): Promise<Outcome> => {
        if (clock.nowMs() >= deadlineMs) return OUT_OF_TIME;
        const object = { key: `${deliveryId}.json`, body: payload, fence: deliveryId, tombstone: false };
        const answer = await objects.create(object, deadlineMs);
        return answer.kind === "unknown" ? retry("STORE_UNKNOWN") : outcomeOf(answer);
      }),
  };
}
