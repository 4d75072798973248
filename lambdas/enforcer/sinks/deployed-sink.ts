import type { Clock, Random, Sink } from "#delivery";
import type { Aws } from "#delivery/aws/aws";
import type { EnforcerEnv, RuntimeEnv } from "#environment";
import type { Plan } from "#plan";

/** What sinks are made with. */
export interface SinkParts {
  readonly env: EnforcerEnv & RuntimeEnv;
  readonly aws: Aws;
  readonly clock: Clock;
  readonly random: Random;
  /** Learns of ledger writes whose outcome stays unknown. */
  readonly onLedgerUnknown: () => void;
  /** Learns of requests that are refused until somebody changes something. */
  readonly onRefused?: (refusal: Error) => void;
}

/**
 * Makes the sink of a plan.
 *
 * @throws {ConfigError} when the environment lacks what it needs, or it cannot deliver what the plan says
 */
export type OpenSink = (plan: Plan, parts: SinkParts) => Promise<Sink>;
