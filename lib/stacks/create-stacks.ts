import type { App, Environment } from "aws-cdk-lib";
import { needsBucket } from "#constructs";
import type { Plan } from "#plan";
import type { Deployment } from "./deployment.ts";
import { LakeStack } from "./lake-stack.ts";
import { SpaceStack } from "./space-stack.ts";

/** Makes the stacks of a Space: one for its lakes in each region they are in, and the Space itself, which comes last. */
export function createStacks(app: App, deployment: Deployment, bundle: string): void {
  const lakes = [...lakesByRegion(deployment.plans)].map(
    ([region, plans]) =>
      new LakeStack(app, `EventShield-${deployment.space}-lakes-${region}`, {
        deployment,
        plans,
        env: environmentOf(deployment, region),
      }),
  );
  const space = new SpaceStack(app, `EventShield-${deployment.space}`, {
    deployment,
    bundle,
    env: environmentOf(deployment, deployment.region),
  });
  for (const lake of lakes) space.addStackDependency(lake);
}

function lakesByRegion(plans: readonly Plan[]): ReadonlyMap<string, readonly Plan[]> {
  const lakes = plans.filter(needsBucket);
  const regions = new Set(lakes.map(({ delivery }) => delivery.region));
  return new Map([...regions].map((region) => [region, lakes.filter(({ delivery }) => delivery.region === region)]));
}

/** A region that is known at synth time, so that names of buckets are too. */
function environmentOf({ account }: Deployment, region: string): Environment {
  return { region, ...(account !== undefined && { account }) };
}
