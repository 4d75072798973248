import { randomBytes } from "node:crypto";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message as SqsMessage,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe } from "vitest";
import { createSend } from "#delivery/aws/http";
import { createOpenSearchIndex } from "#delivery/aws/opensearch-index";
import { createSqsQueue } from "#delivery/aws/sqs-queue";
import type { Message } from "#delivery/queue";
import { type MiniStack, startMiniStack } from "#support/services/ministack";
import { type OpenSearch, startOpenSearch } from "#support/services/opensearch";
import { queueContract } from "../contract/queue.contract.ts";
import { searchIndexContract } from "../contract/search-index.contract.ts";

const clock = { nowMs: Date.now, sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };

describe("OpenSearch", () => {
  let server: OpenSearch;
  beforeAll(async () => {
    server = await startOpenSearch();
  });
  afterAll(() => server?.stop());

  searchIndexContract(() => ({
    index: createOpenSearchIndex({
      endpoint: new URL(server.url),
      send: createSend(),
      // The plain server ignores signatures; sign.test.ts compares them with published ones.
      sign: async (request) => request,
      clock,
      random: (length) => randomBytes(length),
    }),
    freshIndex: async () => {
      const name = `contract-${randomBytes(6).toString("hex")}`;
      const mappings = { dynamic: "strict", properties: { n: { type: "integer" } } };
      await call(`${server.url}/${name}`, { method: "PUT", body: JSON.stringify({ mappings }) });
      return name;
    },
    read: async (name, id) => ((await call(`${server.url}/${name}/_doc/${id}`)) as { _source?: unknown })._source,
  }));
});

describe("SQS", () => {
  let server: MiniStack;
  let client: SQSClient;
  beforeAll(async () => {
    server = await startMiniStack();
    const credentials = { accessKeyId: "111111111111", secretAccessKey: "local" };
    client = new SQSClient({ endpoint: server.url, region: "eu-west-1", credentials });
  });
  afterAll(() => server?.stop());

  queueContract(async () => {
    const QueueName = `contract-${randomBytes(6).toString("hex")}.fifo`;
    const { QueueUrl = "" } = await client.send(
      new CreateQueueCommand({ QueueName, Attributes: { FifoQueue: "true" } }),
    );
    return { queue: createSqsQueue({ client, url: QueueUrl }), drain: () => drain(client, QueueUrl) };
  });
});

async function call(url: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, { ...init, headers: { "content-type": "application/json" } });
  return response.json();
}

async function drain(client: SQSClient, QueueUrl: string): Promise<readonly Message[]> {
  const drained: Message[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["MessageGroupId", "MessageDeduplicationId"],
      }),
    );
    if (Messages.length === 0) return drained;
    drained.push(...Messages.map(messageOf));
    for (const { ReceiptHandle } of Messages) await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
}

function messageOf({ Body = "", Attributes = {}, MessageAttributes = {} }: SqsMessage): Message {
  return {
    body: Body,
    group: Attributes.MessageGroupId ?? "",
    dedupId: Attributes.MessageDeduplicationId ?? "",
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue = "" }]) => [name, StringValue]),
    ),
  };
}
