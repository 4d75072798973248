import { SQSClient } from "@aws-sdk/client-sqs";
import { createSqsQueue } from "#delivery/aws/sqs-queue";
import type { Queue } from "#delivery/queue";
import { requireVariables } from "#environment";
import { ConfigError } from "#errors";
import type { Plan } from "#plan";
import type { SinkParts } from "./deployed-sink.ts";
import { requireJson } from "./require-json.ts";

/** Most attributes of a message: SQS service quota. Three are ours: `policy`, `sequence`, `delivery_id`. */
const MAX_METADATA = 10 - 3;

/** Opens the consumer's queue that the environment names. */
export function openQueue(plan: Plan, { env, aws, onRefused }: SinkParts): Queue {
  requireJson(plan);
  const { length } = plan.delivery.metadata;
  if (length > MAX_METADATA) {
    throw new ConfigError(
      `expected at most ${MAX_METADATA} generated values for the queue of ${plan.processor}, got ${length}: shorten its \`metadata\``,
    );
  }
  const { QUEUE_URL: url, QUEUE_REGION: region } = requireVariables(env, ["QUEUE_URL", "QUEUE_REGION"]);
  return createSqsQueue({ sqs: aws.open(SQSClient, region), ask: aws.ask, url, ...(onRefused && { onRefused }) });
}
