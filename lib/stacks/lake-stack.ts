import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { HORIZON, SpaceKey, WriteOnceBucket } from "#constructs";
import { ConfigError } from "#errors";
import type { Plan } from "#plan";
import { type Deployment, lakeBucketName } from "./deployment.ts";

export interface LakeStackProps extends StackProps {
  readonly deployment: Deployment;
  /** The plans whose lakes are in this stack's region. */
  readonly plans: readonly Plan[];
}

/** The lakes of a Space in one region, with a key of that region: no key opens data elsewhere. */
export class LakeStack extends Stack {
  constructor(scope: Construct, id: string, { deployment, plans, ...props }: LakeStackProps) {
    super(scope, id, props);
    const { key } = new SpaceKey(this, "Key");
    for (const plan of plans) {
      const retention = retentionOf(plan);
      new WriteOnceBucket(this, plan.processor, {
        key,
        bucketName: lakeBucketName(deployment, plan.processor, this.account),
        ...(retention !== undefined && { retention }),
      });
    }
  }
}

/** An object that vanishes while its events can still come again looks like a crash, and they would be written twice. */
function retentionOf({ processor, delivery: { retentionDays } }: Plan): Duration | undefined {
  if (retentionDays === undefined) return undefined;
  const retention = Duration.days(retentionDays);
  if (retention.toDays() >= HORIZON.toDays()) return retention;
  throw new ConfigError(
    `expected a retention of at least ${Math.ceil(HORIZON.toDays())} days for ${processor}, ` +
      `for so long an event can still come again, got ${retentionDays}`,
  );
}
