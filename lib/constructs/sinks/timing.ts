import { Duration } from "aws-cdk-lib";
import type { SinkName } from "#plan";

/** How long a function that writes to a sink may take, and how long its inlet gathers events for it. */
export interface SinkTiming {
  readonly timeout: Duration;
  readonly batchingWindow: Duration;
  /** Events per batch. */
  readonly batchSize: number;
}

/** Visibility of messages that are being worked on, in timeouts of the function: what AWS asks for. */
const TIMEOUTS_OF_VISIBILITY = 6;

export const SEARCH_TIMING = timing({ timeoutS: 60, windowS: 5, batchSize: 500 });
/** Six times the timeout, the window and a lease stay below the five minutes for which a FIFO queue knows an id. */
export const QUEUE_TIMING = timing({ timeoutS: 30, windowS: 5, batchSize: 100 });

/** Of every kind of sink. Wide batches for lakes: an object's price does not depend on how many events it holds. */
export const SINK_TIMINGS: Readonly<Record<SinkName, SinkTiming>> = {
  LAKE: timing({ timeoutS: 60, windowS: 30, batchSize: 1_000 }),
  LOG_INDEX: SEARCH_TIMING,
  ENTITY_INDEX: SEARCH_TIMING,
  FIFO_QUEUE: QUEUE_TIMING,
  STANDARD_QUEUE: QUEUE_TIMING,
};

/** How long a message that was taken stays away: six times the function's timeout, and its batching window. */
export function visibilityOf({ timeout, batchingWindow }: SinkTiming): Duration {
  return Duration.seconds(timeout.toSeconds() * TIMEOUTS_OF_VISIBILITY).plus(batchingWindow);
}

interface Facts {
  readonly timeoutS: number;
  readonly windowS: number;
  readonly batchSize: number;
}

function timing({ timeoutS, windowS, batchSize }: Facts): SinkTiming {
  return { timeout: Duration.seconds(timeoutS), batchingWindow: Duration.seconds(windowS), batchSize };
}
