import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { type Clock, createPipeline, createQuarantine, type KeySource, type Quarantine, type Random } from "#delivery";
import type { Aws } from "#delivery/aws/aws";
import { createS3ObjectStore } from "#delivery/aws/s3-object-store";
import { createSqsGiveBack } from "#delivery/aws/sqs-give-back";
import { createQuarantineObjects } from "#delivery/protocols/quarantine-objects";
import { type EnrichFacts, referenceEngine } from "#engine";
import type { EnforcerEnv, RuntimeEnv } from "#environment";
import { loadPatterns, type Plan } from "#plan";
import { createHandler, type Handle } from "./create-handler.ts";
import type { Observer } from "./observer.ts";
import { readChannel } from "./read-channel.ts";
import { sinkFor } from "./sinks/sink-for.ts";

export interface EnforcerParts {
  readonly env: EnforcerEnv & RuntimeEnv;
  readonly plan: Plan;
  readonly aws: Aws;
  readonly keys: KeySource;
  readonly observer: Observer;
  readonly clock: Clock;
  readonly random: Random;
}

/** Puts a processor's enforcer together: inlet, pipeline, sink, quarantine. */
export async function openEnforcer(parts: EnforcerParts): Promise<Handle> {
  const { env, plan, aws, keys, observer, clock, random } = parts;
  const { onFailure, onLedgerUnknown } = observer;
  const sink = await sinkFor(plan, {
    env,
    aws,
    clock,
    random,
    onLedgerUnknown,
    onRefused: onFailure,
  });
  const pipeline = createPipeline({
    outlets: [{ plan, sink }],
    enforcer: referenceEngine.link([plan], await loadPatterns([plan])),
    quarantine: openQuarantine(parts),
    keys,
    clock,
    random,
    facts: factsOf(env),
    onFailure: (_where, failure) => onFailure(failure),
  });
  const giveBack = createSqsGiveBack({ sqs: aws.open(SQSClient, env.AWS_REGION), ask: aws.ask, url: env.INLET_URL });
  const channel = readChannel(env.CHANNEL);
  return createHandler({ pipeline, channel, giveBack, observer, clock, random });
}

function openQuarantine({ env, plan, aws, clock, random }: EnforcerParts): Quarantine {
  const objects = createS3ObjectStore({
    s3: aws.open(S3Client, env.AWS_REGION),
    ask: aws.ask,
    bucket: env.QUARANTINE_BUCKET,
    prefix: `${plan.processor}/`,
    contentType: "application/json",
  });
  return createQuarantine({ sink: createQuarantineObjects({ objects, clock }), random });
}

/** The generated values that do not depend on the event. */
function factsOf({ SPACE, POP, AWS_REGION: REGION, DEPLOYMENT_VERSION }: EnforcerParts["env"]): EnrichFacts {
  return {
    SPACE,
    REGION,
    CLOUD: "aws",
    ...(POP !== undefined && { POP }),
    ...(DEPLOYMENT_VERSION !== undefined && { DEPLOYMENT_VERSION }),
  };
}
