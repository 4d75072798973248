import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { mapBounded } from "#delivery/map-bounded";
import type { Message } from "#delivery/queue";
import type { MiniStack } from "#support/services/ministack";
import { settingsOf } from "./resources.ts";

/** An object of a bucket. */
export interface StoredObject {
  readonly key: string;
  readonly body: Uint8Array;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Reads every object of a bucket. */
export async function readBucket(server: MiniStack, Bucket: string): Promise<readonly StoredObject[]> {
  const client = new S3Client(settingsOf(server));
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
    keys.push(...(page.Contents ?? []).map(({ Key = "" }) => Key));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return mapBounded(keys, 8, async (key) => {
    const { Body, Metadata = {} } = await client.send(new GetObjectCommand({ Bucket, Key: key }));
    return { key, body: (await Body?.transformToByteArray()) ?? new Uint8Array(), metadata: Metadata };
  });
}

/** Writes objects to a folder, under their keys. */
export function writeObjects(objects: readonly StoredObject[], folder: string): void {
  for (const { key, body } of objects) {
    const file = join(folder, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, body);
  }
}

/** Counts the messages of a queue, those included that somebody works on. */
export async function countMessages(server: MiniStack, QueueUrl: string): Promise<number> {
  const client = new SQSClient(settingsOf(server));
  const command = new GetQueueAttributesCommand({
    QueueUrl,
    AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
  });
  const { Attributes = {} } = await client.send(command);
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

/** Takes every message out of a FIFO queue, as a consumer does. */
export async function drain(server: MiniStack, QueueUrl: string): Promise<readonly Message[]> {
  const client = new SQSClient(settingsOf(server));
  const drained: Message[] = [];
  const receive = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ["All"],
    MessageSystemAttributeNames: ["MessageGroupId", "MessageDeduplicationId"],
  });
  for (;;) {
    const { Messages = [] } = await client.send(receive);
    if (Messages.length === 0) return drained;
    for (const { Body = "", Attributes = {}, MessageAttributes = {} } of Messages) {
      const texts = Object.entries(MessageAttributes).map(
        ([name, { StringValue = "" }]) => [name, StringValue] as const,
      );
      const { MessageGroupId: group = "", MessageDeduplicationId: dedupId = "" } = Attributes;
      drained.push({ body: Body, group, dedupId, attributes: Object.fromEntries(texts) });
    }
    const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}

/** Reads every document of a search index, by id. */
export async function readIndex(url: string, name: string): Promise<ReadonlyMap<string, unknown>> {
  await fetch(`${url}/${name}/_refresh`, { method: "POST" });
  const hits = await search(url, name, { size: 10_000, query: { match_all: {} } });
  return new Map(hits.map(({ _id, _source }) => [_id, _source]));
}

interface Hit {
  readonly _id: string;
  readonly _source: unknown;
}

/** Searches an index or alias. */
export async function search(url: string, name: string, body: object): Promise<readonly Hit[]> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/${name}/_search`, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as { readonly hits?: { readonly hits: readonly Hit[] } };
  if (answer.hits === undefined) throw new Error(`expected hits, got ${response.status} ${JSON.stringify(answer)}`);
  return answer.hits.hits;
}
