import { SQSClient } from "@aws-sdk/client-sqs";
import { createSqsQueue } from "#delivery/aws/sqs-queue";
import type { Queue } from "#delivery/queue";
import { requireVariables } from "#environment";
import type { Plan } from "#plan";
import type { SinkParts } from "./deployed-sink.ts";
import { requireJson } from "./require-json.ts";

/** Opens the consumer's queue that the environment names. */
export function openQueue(plan: Plan, { env, aws, onRefused }: SinkParts): Queue {
  requireJson(plan);
  const { QUEUE_URL: url, QUEUE_REGION: region } = requireVariables(env, ["QUEUE_URL", "QUEUE_REGION"]);
  return createSqsQueue({ sqs: aws.open(SQSClient, region), ask: aws.ask, url, ...(onRefused && { onRefused }) });
}
