import { Duration } from "aws-cdk-lib";
import { RETRY_HOLDS } from "#environment";
import { ConfigError } from "#errors";

/** How long a sink may be down before events are set aside: a day, and half a one for whoever puts it right. */
export const OUTAGE = Duration.hours(36);

/** Most receives before a message is set aside (SQS, RedrivePolicy). */
const MOST_RECEIVES = 1_000;

/**
 * Tells how often a message may be received before it is set aside, so that a sink may be down for {@link OUTAGE}.
 *
 * Between two receives of an enforcer that answers stands half its longest hold or more; of one that fails, or is not run
 * at all, the visibility timeout. The receives while holds still grow are added.
 *
 * @throws {ConfigError} when so many receives are more than SQS counts
 */
export function receivesFor(visibilityTimeout: Duration): number {
  const { firstMs, longestMs } = RETRY_HOLDS;
  const shortestS = Math.min(visibilityTimeout.toSeconds(), longestMs / 2_000);
  const receives = Math.ceil(OUTAGE.toSeconds() / shortestS) + Math.ceil(Math.log2(longestMs / firstMs));
  if (receives <= MOST_RECEIVES) return receives;
  throw new ConfigError(
    `expected a visibility timeout that lets a sink be down for ${OUTAGE.toHours()} hours within ${MOST_RECEIVES} receives, got ${visibilityTimeout.toSeconds()} s: make the function's timeout longer`,
  );
}
