import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type Message as SqsMessage,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDynamoDbLedger } from "#delivery/aws/dynamodb-ledger";
import { fetchSecret } from "#delivery/aws/fetch-secret";
import { createSend } from "#delivery/aws/http";
import { createJsonApi } from "#delivery/aws/json-api";
import { createOpenSearchIndex } from "#delivery/aws/opensearch-index";
import { createS3ObjectStore } from "#delivery/aws/s3-object-store";
import { createSqsGiveBack } from "#delivery/aws/sqs-give-back";
import { createSqsQueue } from "#delivery/aws/sqs-queue";
import type { Message } from "#delivery/queue";
import { type Aws, createAws } from "#lambdas/runtime/aws";
import { type MiniStack, startMiniStack } from "#support/services/ministack";
import { type OpenSearch, startOpenSearch } from "#support/services/opensearch";
import { claimLedgerContract, orderingLedgerContract } from "../contract/ledger.contract.ts";
import { objectStoreContract } from "../contract/object-store.contract.ts";
import { queueContract } from "../contract/queue.contract.ts";
import { searchIndexContract } from "../contract/search-index.contract.ts";
import { createBucket, createQueue, createTable, REGION, settingsOf } from "./support/resources.ts";

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

describe("the services of AWS", () => {
  let server: MiniStack;
  let aws: Aws;
  beforeAll(async () => {
    server = await startMiniStack();
    aws = createAws({ variables: server.environment, clock, random: (length) => randomBytes(length) });
  });
  afterAll(() => server?.stop());

  describe("SQS", () => {
    queueContract(async () => {
      const client = new SQSClient(settingsOf(server));
      const url = await createQueue(client, { FifoQueue: "true" });
      return { queue: createSqsQueue({ sqs: aws.service("sqs", REGION), url }), drain: () => drain(client, url) };
    });

    it("gives a message back for as long as it is told", async () => {
      const client = new SQSClient(settingsOf(server));
      const url = await createQueue(client, { VisibilityTimeout: "3600" });
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "a" }));
      const receive = () => client.send(new ReceiveMessageCommand({ QueueUrl: url }));
      const giveBack = createSqsGiveBack({ sqs: aws.service("sqs", REGION), url });
      const [first] = (await receive()).Messages ?? [];
      expect((await receive()).Messages ?? []).toEqual([]);
      await giveBack([{ receipt: first?.ReceiptHandle ?? "", afterMs: 0 }]);
      expect((await receive()).Messages?.[0]?.Body).toBe("a");
    });
  });

  describe("DynamoDB", () => {
    const create = async () => {
      const table = await createTable(new DynamoDBClient(settingsOf(server)));
      return createDynamoDbLedger({ dynamodb: aws.service("dynamodb", REGION), table, clock });
    };
    claimLedgerContract("a table", create);
    orderingLedgerContract("a table", create);

    it("takes an expired claim for none", async () => {
      const ledger = await create();
      const key = { processor: "LAKE", generation: "g1", id: "a" };
      const claim = { fence: "f1", state: "done", leaseUntilMs: 0, expiresMs: Date.now() - 5_000 } as const;
      expect(await ledger.insert(key, claim)).toBe("ok");
      expect(await ledger.insert(key, { ...claim, fence: "f2" })).toBe("ok");
    });
  });

  describe("S3", () => {
    objectStoreContract("a bucket", async () => {
      const bucket = await createBucket(new S3Client(settingsOf(server)));
      return createS3ObjectStore({ s3: aws.bucket(bucket, REGION), prefix: "LAKE/g1/", contentType: "text/plain" });
    });

    it("stores the bytes under the prefix", async () => {
      const client = new S3Client(settingsOf(server));
      const bucket = await createBucket(client);
      const store = createS3ObjectStore({ s3: aws.bucket(bucket, REGION), prefix: "a/", contentType: "text/plain" });
      const body = Uint8Array.of(0, 255, 10, 13);
      await store.create({ key: "dt=1/b c", body, fence: "f", tombstone: false });
      const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: "a/dt=1/b c" }));
      expect(await Body?.transformToByteArray()).toEqual(body);
      expect(ContentType).toBe("text/plain");
    });
  });

  describe("Secrets Manager", () => {
    it("gives the text of a secret", async () => {
      const secretsManager = aws.service("secretsmanager", REGION);
      const create = createJsonApi({ service: secretsManager, target: "secretsmanager", version: "1.1" });
      await create("CreateSecret", { Name: "keys", SecretString: "text" });
      expect(await fetchSecret({ secretsManager, secret: "keys" })).toBe("text");
      await expect(fetchSecret({ secretsManager, secret: "none" })).rejects.toThrow(
        "expected a secret with a text, got ResourceNotFoundException 400: check that the function may read it",
      );
    });
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
