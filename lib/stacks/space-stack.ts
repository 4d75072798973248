import { RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import {
  accountName,
  createSink,
  DeployedEnforcer,
  type EnforcerChannel,
  eventPatternsOf,
  LedgerTable,
  PartnerBus,
  resourceName,
  SpaceKey,
  WriteOnceBucket,
} from "#constructs";
import type { FeedName, Plan } from "#plan";
import { type Deployment, lakeBucketName } from "./deployment.ts";

export interface SpaceStackProps extends StackProps {
  readonly deployment: Deployment;
  /** Folder with the bundled enforcer. */
  readonly bundle: string;
}

/** A bus and the feed it carries. */
interface FedBus {
  readonly feed: FeedName;
  readonly bus: EventBus;
}

/** One Space: the buses of its streams, the ledger, and an enforcer with its inlet for each processor. */
export class SpaceStack extends Stack {
  constructor(scope: Construct, id: string, { deployment, bundle, ...props }: SpaceStackProps) {
    super(scope, id, { terminationProtection: true, ...props });
    const { key } = new SpaceKey(this, "Key");
    const buses = this.#createBuses(deployment, key);
    const ledger = new LedgerTable(this, "Ledger", { key });
    const quarantine = new WriteOnceBucket(this, "Quarantine", {
      key,
      bucketName: accountName(this.account, deployment.space, "quarantine"),
    }).bucket;
    for (const plan of deployment.plans) {
      const search = deployment.search.get(plan.processor);
      const bucketName = lakeBucketName(deployment, plan.processor, this.account);
      const surroundings = { plan, key, bucketName, ...(search !== undefined && { search }) };
      const enforcer = new DeployedEnforcer(this, plan.processor, {
        plan,
        bundle,
        key,
        ledger,
        quarantine,
        space: deployment.space,
        channel: channelOf(deployment),
        sink: createSink(this, `${plan.processor}Sink`, surroundings),
      });
      for (const { bus, feed } of buses) enforcer.inlet.take(bus, eventPatternsOf(plan, feed));
    }
  }

  #createBuses({ streams, plans, space }: Deployment, key: IKey): readonly FedBus[] {
    const partner = streams.map(({ name, feed, eventSource: eventSourceName }): FedBus => {
      return { feed, bus: new PartnerBus(this, `Stream-${name}`, { eventSourceName, key }).bus };
    });
    return takesCustomEvents(plans)
      ? [...partner, { feed: "CUSTOM", bus: this.#createCustomBus(space, key) }]
      : partner;
  }

  /** Where the user's own sources send to. */
  #createCustomBus(space: string, key: IKey): EventBus {
    const bus = new EventBus(this, "CustomBus", { eventBusName: resourceName(space, "custom"), kmsKey: key });
    bus.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return bus;
  }
}

function takesCustomEvents(plans: readonly Plan[]): boolean {
  return plans.some(({ routes }) => routes.some(({ feed, subscribed }) => feed === "CUSTOM" && subscribed));
}

/** Events of feeds and tenants that nobody declared are quarantined. */
function channelOf({ streams, plans }: Deployment): EnforcerChannel {
  const feeds = new Set<FeedName>(streams.map(({ feed }) => feed));
  if (takesCustomEvents(plans)) feeds.add("CUSTOM");
  const tenants = streams.flatMap(({ tenant }) => tenant ?? []);
  return { feeds: [...feeds], ...(tenants.length > 0 && { tenants: [...new Set(tenants)] }) };
}
