import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type Message as SqsMessage,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Aws, createAws } from "#delivery/aws/aws";
import { createDynamoDbLedger } from "#delivery/aws/dynamodb-ledger";
import { ensureScript, withScript } from "#delivery/aws/ensure-script";
import { fetchSecret } from "#delivery/aws/fetch-secret";
import { createOpenSearchIndex } from "#delivery/aws/opensearch-index";
import { createS3ObjectStore } from "#delivery/aws/s3-object-store";
import { createSignedPost } from "#delivery/aws/signed-post";
import { createSqsGiveBack } from "#delivery/aws/sqs-give-back";
import { createSqsQueue } from "#delivery/aws/sqs-queue";
import { NEWEST_SCRIPT, NEWEST_SCRIPT_BODY } from "#delivery/layouts/newest-script";
import type { Message } from "#delivery/queue";
import { type MiniStack, startMiniStack } from "#support/services/ministack";
import { type OpenSearch, startOpenSearch } from "#support/services/opensearch";
import { claimLedgerContract, orderingLedgerContract } from "../contract/ledger.contract.ts";
import { objectStoreContract } from "../contract/object-store.contract.ts";
import { queueContract } from "../contract/queue.contract.ts";
import { searchIndexContract } from "../contract/search-index.contract.ts";
import { createBucket, createQueue, createTable, REGION, settingsOf } from "./support/resources.ts";

const SHIELD = { properties: { order: { type: "keyword", index: false, doc_values: false } } };

const clock = { nowMs: Date.now, sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };

describe("OpenSearch", () => {
  let server: OpenSearch;
  beforeAll(async () => {
    server = await startOpenSearch();
    await call(`${server.url}/_scripts/${NEWEST_SCRIPT.id}`, { method: "PUT", body: NEWEST_SCRIPT_BODY });
  });
  afterAll(() => server?.stop());

  searchIndexContract(() => ({
    index: createOpenSearchIndex({
      post: postTo(server),
      clock,
      random: randomBytes,
    }),
    freshIndex: async () => {
      const name = `contract-${randomBytes(6).toString("hex")}`;
      const mappings = { dynamic: "strict", properties: { n: { type: "integer" }, _shield: SHIELD } };
      await call(`${server.url}/${name}`, { method: "PUT", body: JSON.stringify({ mappings }) });
      return name;
    },
    read: async (name, id) => ((await call(`${server.url}/${name}/_doc/${id}`)) as { _source?: unknown })._source,
  }));

  it("converges over every order of six events, its script installed by the enforcer", async () => {
    await call(`${server.url}/_scripts/${NEWEST_SCRIPT.id}`, { method: "DELETE" });
    const name = `permutations-${randomBytes(6).toString("hex")}`;
    const mappings = { dynamic: "strict", properties: { n: { type: "integer" }, _shield: SHIELD } };
    await call(`${server.url}/${name}`, { method: "PUT", body: JSON.stringify({ mappings }) });
    const post = postTo(server);
    const opened = createOpenSearchIndex({ post, clock, random: randomBytes });
    const index = await withScript({ index: opened, clock, ensure: () => ensureScript(post) });
    const orders = permutations(["1", "2", "3", "4", "5", "6"]);
    for (let step = 0; step < 6; step++) {
      const items = orders.map((order, at) => ({
        index: name,
        id: `e${at}`,
        action: { order: order[step] ?? "" },
        document: Buffer.from(`{"n":${order[step]}}`),
      }));
      const answers = await index.write(items, Date.now() + 120_000);
      for (const { kind } of answers) expect(["ok", "newer"]).toContain(kind);
    }
    await call(`${server.url}/${name}/_refresh`, { method: "POST" });
    const found = await call(`${server.url}/${name}/_search?size=1000`);
    const { hits } = found as { readonly hits: { readonly hits: readonly { readonly _source: unknown }[] } };
    expect(hits.hits).toHaveLength(720);
    for (const { _source } of hits.hits) expect(_source).toEqual({ n: 6, _shield: { order: "6" } });
  });
});

function postTo({ url }: OpenSearch) {
  // The plain server ignores signatures.
  return createSignedPost({ ...awsAt("http://unused"), endpoint: new URL(url), region: REGION, service: "es" });
}

function permutations(items: readonly string[]): readonly (readonly string[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((first) => permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]));
}

describe("the services of AWS", () => {
  let server: MiniStack;
  let aws: Aws;
  beforeAll(async () => {
    server = await startMiniStack();
    aws = awsAt(server.url);
  });
  afterAll(() => server?.stop());

  describe("SQS", () => {
    queueContract(async () => {
      const client = new SQSClient(settingsOf(server));
      const url = await createQueue(client, { FifoQueue: "true" });
      return {
        queue: createSqsQueue({ sqs: aws.open(SQSClient, REGION), ask: aws.ask, url }),
        drain: () => drain(client, url),
      };
    });

    it("gives a message back for as long as it is told", async () => {
      const client = new SQSClient(settingsOf(server));
      const url = await createQueue(client, { VisibilityTimeout: "3600" });
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "a" }));
      const receive = () => client.send(new ReceiveMessageCommand({ QueueUrl: url }));
      const giveBack = createSqsGiveBack({ sqs: aws.open(SQSClient, REGION), ask: aws.ask, url });
      const [first] = (await receive()).Messages ?? [];
      expect((await receive()).Messages ?? []).toEqual([]);
      await giveBack([{ receipt: first?.ReceiptHandle ?? "", afterMs: 0 }]);
      expect((await receive()).Messages?.[0]?.Body).toBe("a");
    });
  });

  describe("DynamoDB", () => {
    const create = async () => {
      const table = await createTable(new DynamoDBClient(settingsOf(server)));
      return createDynamoDbLedger({ dynamodb: aws.open(DynamoDBClient, REGION), ask: aws.ask, table, clock });
    };
    claimLedgerContract("a table", create);
    orderingLedgerContract("a table", create);

    it("takes an expired claim for none", async () => {
      const ledger = await create();
      const key = { processor: "LAKE", generation: "g1", id: "a" };
      const claim = { fence: "f1", state: "done", leaseUntilMs: 0, expiresMs: Date.now() - 5_000 } as const;
      expect(await ledger.insert(key, claim)).toEqual({ kind: "ok" });
      expect(await ledger.insert(key, { ...claim, fence: "f2" })).toEqual({ kind: "ok" });
    });
  });

  describe("S3", () => {
    objectStoreContract("a bucket", async () => {
      const bucket = await createBucket(new S3Client(settingsOf(server)));
      const s3 = aws.open(S3Client, REGION);
      return createS3ObjectStore({ s3, ask: aws.ask, bucket, prefix: "LAKE/g1/", contentType: "text/plain" });
    });

    it("stores the bytes under the prefix", async () => {
      const client = new S3Client(settingsOf(server));
      const bucket = await createBucket(client);
      const s3 = aws.open(S3Client, REGION);
      const store = createS3ObjectStore({ s3, ask: aws.ask, bucket, prefix: "a/", contentType: "text/plain" });
      const body = Uint8Array.of(0, 255, 10, 13);
      await store.create({ key: "dt=1/b c", body, fence: "f", tombstone: false });
      const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: "a/dt=1/b c" }));
      expect(await Body?.transformToByteArray()).toEqual(body);
      expect(ContentType).toBe("text/plain");
    });
  });

  describe("Secrets Manager", () => {
    it("gives the text of a secret", async () => {
      const secretsManager = aws.open(SecretsManagerClient, REGION);
      const { ask } = aws;
      await secretsManager.send(new CreateSecretCommand({ Name: "keys", SecretString: "text" }));
      expect(await fetchSecret({ secretsManager, ask, secret: "keys" })).toBe("text");
      await expect(fetchSecret({ secretsManager, ask, secret: "none" })).rejects.toThrow(
        "expected a secret with a text, got ResourceNotFoundException 400: check that the function may read it",
      );
    });
  });
});

function awsAt(url: string): Aws {
  const { endpoint, credentials } = settingsOf({ url });
  const standIns = { endpoint, credentials: async () => credentials };
  return createAws({ clock, random: randomBytes, variables: {}, standIns });
}

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
