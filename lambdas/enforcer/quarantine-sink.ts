import { type Clock, type ObjectStore, type Outcome, outcomeOf, retry, type Sink } from "#delivery";
import { mapBounded } from "#delivery/map-bounded";

export interface QuarantineSinkOptions {
  readonly objects: ObjectStore;
  readonly clock: Pick<Clock, "nowMs">;
}

/** Objects being written at once. */
const PARALLEL_WRITES = 8;

/** Keeps each record as an object named by its keyed id. The first one stays, so that a repetition changes nothing. */
export function createQuarantineSink({ objects, clock }: QuarantineSinkOptions): Sink {
  return {
    deliver: (batch, deadlineMs) =>
      mapBounded(batch, PARALLEL_WRITES, async ({ deliveryId, payload }): Promise<Outcome> => {
        if (clock.nowMs() >= deadlineMs) return retry("OUT_OF_TIME");
        const object = { key: `${deliveryId}.json`, body: payload, fence: deliveryId, tombstone: false };
        const answer = await objects.create(object);
        return answer.kind === "unknown" ? retry("STORE_UNKNOWN") : outcomeOf(answer);
      }),
  };
}
