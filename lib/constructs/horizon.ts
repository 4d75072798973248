import { Duration } from "aws-cdk-lib";

/** How long each place between Auth0 and a sink may hold an event. Queues are made with these numbers. */
export const HOLDS = {
  /** EventBridge tries to reach a target. */
  ruleRetry: Duration.hours(24),
  /** A rule's dead-letter queue, from which an operator redrives. */
  ruleDeadLetters: Duration.days(14),
  inlet: Duration.days(4),
  inletDeadLetters: Duration.days(14),
} as const;

/** How far the clocks of two workers may be apart. */
export const CLOCK_SKEW = Duration.seconds(30);

/** The longest time an event may wander: through every place once, and through the inlet again after a redrive. */
export const HORIZON = sum([...Object.values(HOLDS), HOLDS.inlet]);

/** How long the ledger remembers: a week longer than an event may wander. */
export const LEDGER_MEMORY = HORIZON.plus(Duration.days(7));

function sum(durations: readonly Duration[]): Duration {
  return durations.reduce((total, duration) => total.plus(duration), Duration.seconds(0));
}
