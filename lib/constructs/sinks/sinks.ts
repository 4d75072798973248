import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import { ConfigError } from "#errors";
import type { Plan, SinkName } from "#plan";
import { FifoSink } from "./fifo-sink.ts";
import { LakeSink } from "./lake-sink.ts";
import { QueueSink } from "./queue-sink.ts";
import { type SearchEndpoint, SearchSink } from "./search-sink.ts";
import type { ISink } from "./sink.ts";

/** What sinks are made of in a Space. */
export interface SinkSurroundings {
  readonly plan: Plan;
  readonly key: IKey;
  /** Name of the processor's lake bucket, which another stack makes. */
  readonly bucketName: string;
  /** The processor's search cluster, where it has one. */
  readonly search?: SearchEndpoint;
}

type CreateSink = (scope: Construct, id: string, surroundings: SinkSurroundings) => ISink;

interface SinkFacts {
  readonly create: CreateSink;
  /** Its objects live in a bucket, made in the stack of the sink's own region. */
  readonly needsBucket: boolean;
}

/** Every kind of sink. */
const SINKS: Readonly<Record<SinkName, SinkFacts>> = {
  LAKE: { create: createLakeSink, needsBucket: true },
  LOG_INDEX: { create: createSearchSink, needsBucket: false },
  ENTITY_INDEX: { create: createSearchSink, needsBucket: false },
  FIFO_QUEUE: { create: (scope, id, props) => new FifoSink(scope, id, props), needsBucket: false },
  STANDARD_QUEUE: { create: (scope, id, { key }) => new QueueSink(scope, id, { key }), needsBucket: false },
};

/** Tells whether a plan's sink needs a bucket of its own. */
export function needsBucket({ delivery }: Plan): boolean {
  return SINKS[delivery.sink].needsBucket;
}

/** Makes the sink that a plan delivers to. */
export function createSink(scope: Construct, id: string, surroundings: SinkSurroundings): ISink {
  return SINKS[surroundings.plan.delivery.sink].create(scope, id, surroundings);
}

function createLakeSink(_scope: Construct, _id: string, { plan, bucketName }: SinkSurroundings): ISink {
  return new LakeSink({ bucketName, region: plan.delivery.region });
}

function createSearchSink(_scope: Construct, _id: string, { plan, search }: SinkSurroundings): ISink {
  if (search === undefined) {
    throw new ConfigError(
      `expected a SearchEndpoint document for ${plan.processor}, got none: add one to policies/deployments`,
    );
  }
  return new SearchSink({ ...search, keepsStates: plan.delivery.mode === "NEWEST_STATE" });
}
