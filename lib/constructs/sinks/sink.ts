import type { Duration } from "aws-cdk-lib";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { EnforcerEnv } from "#environment";

/** How long a function that writes to a sink may take, and how long its inlet gathers events for it. */
export interface SinkTiming {
  readonly timeout: Duration;
  readonly batchingWindow: Duration;
  /** Events per batch. */
  readonly batchSize: number;
}

/** A consumer's store, queue or index, as an enforcer is bound to it. */
export interface ISink {
  readonly timing: SinkTiming;
  /** Grants what writing needs and nothing else; returns the variables by which the enforcer finds the sink. */
  bind(scope: Construct, enforcer: IGrantable): Partial<EnforcerEnv>;
}
