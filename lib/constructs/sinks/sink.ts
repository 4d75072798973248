import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { EnforcerEnv } from "#environment";
import type { SinkTiming } from "./timing.ts";

/** A consumer's store, queue or index, as an enforcer is bound to it. */
export interface ISink {
  readonly timing: SinkTiming;
  /** Grants what writing needs and nothing else; returns the variables by which the enforcer finds the sink. */
  bind(scope: Construct, enforcer: IGrantable): Partial<EnforcerEnv>;
}
