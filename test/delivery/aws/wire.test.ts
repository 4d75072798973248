import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ChangeMessageVisibilityBatchCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type HttpRequest, HttpResponse } from "@smithy/protocol-http";
import { describe, expect, it } from "vitest";
import { createDynamoDbLedger } from "#delivery/aws/dynamodb-ledger";
import { createS3ObjectStore } from "#delivery/aws/s3-object-store";
import type { Service, ServiceRequest } from "#delivery/aws/service";
import { createSqsGiveBack } from "#delivery/aws/sqs-give-back";
import { createSqsQueue } from "#delivery/aws/sqs-queue";
import { answer, ServiceDouble } from "./service-double.ts";

/** What a request means to a service: everything but what every client words differently. */
interface Meaning {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const NOW_MS = 1_790_000_000_000;
const KEY = { processor: "LAKE", generation: "g1", id: "id" };
const CLAIM = { fence: "f", state: "done", version: 7n, leaseUntilMs: NOW_MS, expiresMs: NOW_MS } as const;
const OBJECT = { key: "dt=2026-01-31/a (1)'s + ü.ndjson", body: Buffer.from("{}"), fence: "f", tombstone: true };

describe("the adapters say what the AWS SDK says", () => {
  it("PutItem", async () => {
    const ours = await meaningOfOurs((dynamodb) => {
      const ledger = createDynamoDbLedger({ dynamodb, table: "ledger", clock: { nowMs: () => NOW_MS } });
      return ledger.replace(KEY, CLAIM, { versionBelow: 7n, nowMs: NOW_MS });
    });
    const input = ours.body as ConstructorParameters<typeof PutItemCommand>[0];
    const theirs = await meaningOfTheirs((settings) => new DynamoDBClient(settings).send(new PutItemCommand(input)));
    expect(ours).toEqual(theirs);
  });

  it("PutObject", async () => {
    const ours = await meaningOfOurs((s3) => storeOver(s3).create(OBJECT));
    const theirs = await meaningOfTheirs((settings) =>
      new S3Client(settings).send(
        new PutObjectCommand({
          Bucket: "lake",
          Key: OBJECT.key,
          Body: OBJECT.body,
          ContentType: "text/plain",
          IfNoneMatch: "*",
          Metadata: { fence: "f", tombstone: "1" },
        }),
      ),
    );
    expect(ours).toEqual(theirs);
  });

  it("HeadObject", async () => {
    const ours = await meaningOfOurs((s3) => storeOver(s3).head(OBJECT.key));
    const command = new HeadObjectCommand({ Bucket: "lake", Key: OBJECT.key });
    expect(ours).toEqual(await meaningOfTheirs((settings) => new S3Client(settings).send(command)));
  });

  it("SendMessageBatch", async () => {
    const message = { body: '{"a":"ü"}', group: "g", dedupId: "d", attributes: { policy: "p" } };
    const ours = await meaningOfOurs((sqs) =>
      createSqsQueue({ sqs, url: "https://sqs.eu-west-1.amazonaws.com/1/q" }).send([message]),
    );
    const input = ours.body as ConstructorParameters<typeof SendMessageBatchCommand>[0];
    const theirs = await meaningOfTheirs((settings) =>
      new SQSClient(settings).send(new SendMessageBatchCommand(input)),
    );
    expect(ours).toEqual(theirs);
  });

  it("ChangeMessageVisibilityBatch", async () => {
    const ours = await meaningOfOurs((sqs) =>
      createSqsGiveBack({ sqs, url: "https://sqs.eu-west-1.amazonaws.com/1/q" })([{ receipt: "r", afterMs: 1 }]),
    );
    const input = ours.body as ConstructorParameters<typeof ChangeMessageVisibilityBatchCommand>[0];
    const theirs = await meaningOfTheirs((settings) =>
      new SQSClient(settings).send(new ChangeMessageVisibilityBatchCommand(input)),
    );
    expect(ours).toEqual(theirs);
  });
});

function storeOver(s3: Service) {
  return createS3ObjectStore({ s3, contentType: "text/plain" });
}

async function meaningOfOurs(act: (service: Service) => Promise<unknown>): Promise<Meaning> {
  const double = new ServiceDouble(answer(200));
  await act(double.service);
  const { method, path, headers, body } = double.requests[0] as ServiceRequest;
  return { method, path: `/${path}`, headers: withMeaning(headers), body: bodyOf(body) };
}

/** Lets the SDK write a request and takes it from its hands. */
async function meaningOfTheirs(send: (settings: object) => Promise<unknown>): Promise<Meaning> {
  const requests: HttpRequest[] = [];
  const handle = async (request: HttpRequest) => {
    requests.push(request);
    return { response: new HttpResponse({ statusCode: 200, headers: {}, body: Buffer.from("{}") }) };
  };
  const credentials = { accessKeyId: "a", secretAccessKey: "s" };
  // Whether the SDK can make something of the answer does not matter.
  await send({ region: "eu-west-1", credentials, requestHandler: { handle } }).catch(() => undefined);
  const { method, path, headers, body } = requests[0] as HttpRequest;
  return { method, path, headers: withMeaning(headers), body: bodyOf(body) };
}

const MEANINGFUL = /^(content-type|if-none-match|x-amz-target|x-amz-meta-.*)$/;

function withMeaning(headers: Readonly<Record<string, string>>): Meaning["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => MEANINGFUL.test(name)));
}

function bodyOf(body: Uint8Array | string | undefined): unknown {
  const text = Buffer.from(body ?? "").toString();
  return text === "" ? undefined : JSON.parse(text);
}
