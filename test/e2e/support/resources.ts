import { randomBytes } from "node:crypto";
import { CreateTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, type QueueAttributeName, type SQSClient } from "@aws-sdk/client-sqs";
import type { MiniStack } from "#support/services/ministack";

/** The region in which end-to-end tests make everything. */
export const REGION = "eu-west-1";

/** How AWS clients reach a local AWS. */
export function settingsOf({ url }: Pick<MiniStack, "url">) {
  const credentials = { accessKeyId: "111111111111", secretAccessKey: "local" };
  return { endpoint: url, region: REGION, credentials, forcePathStyle: true };
}

/** Makes a queue and returns its URL. */
export async function createQueue(
  client: SQSClient,
  attributes: Partial<Record<QueueAttributeName, string>> = {},
): Promise<string> {
  const QueueName = `${newName()}${attributes.FifoQueue === "true" ? ".fifo" : ""}`;
  const { QueueUrl = "" } = await client.send(new CreateQueueCommand({ QueueName, Attributes: attributes }));
  return QueueUrl;
}

/** Makes a table as the deployment makes the ledger's, and returns its name. */
export async function createTable(client: DynamoDBClient): Promise<string> {
  const TableName = newName();
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  return TableName;
}

/** Makes a bucket and returns its name. */
export async function createBucket(client: S3Client): Promise<string> {
  const Bucket = newName();
  await client.send(new CreateBucketCommand({ Bucket }));
  return Bucket;
}

function newName(): string {
  return `e2e-${randomBytes(6).toString("hex")}`;
}
