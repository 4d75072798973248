import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Aws, createAws } from "#delivery/aws/aws";
import { createDynamoDbLedger } from "#delivery/aws/dynamodb-ledger";
import { createS3ObjectStore } from "#delivery/aws/s3-object-store";
import { createSignedPost } from "#delivery/aws/signed-post";
import { createSqsQueue } from "#delivery/aws/sqs-queue";
import { AwsDouble, answer } from "#support/aws-double";
import { createManualClock } from "#support/manual-clock";
import {
  cut,
  cutAnswer,
  keepSilent,
  respond,
  type ScriptedServer,
  startScriptedServer,
  type Treatment,
  trickle,
} from "#support/scripted-server";
import { createSeededRandom } from "#support/seeded-random";

const REGION = "eu-west-1";
const CLAIM = { fence: "f", state: "pending", leaseUntilMs: 0, expiresMs: 0 } as const;
const KEY = { processor: "P", generation: "g", id: "i" };
const DENIED = respond(403, '{"__type":"AccessDeniedException"}');

const servers: ScriptedServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.stop();
  vi.unstubAllEnvs();
});

/** Every request that must not happen unnoticed. */
const WRITES: Readonly<Record<string, (aws: Aws) => Promise<unknown>>> = {
  "a message": async (aws) => {
    const queue = createSqsQueue({ sqs: aws.open(SQSClient, REGION), ask: aws.ask, url: "https://sqs.example/1/q" });
    return (await queue.send([{ body: "a", attributes: {} }]))[0];
  },
  "a claim": (aws) => {
    const dynamodb = aws.open(DynamoDBClient, REGION);
    return createDynamoDbLedger({ dynamodb, ask: aws.ask, table: "t", clock: createManualClock() }).insert(KEY, CLAIM);
  },
  "an object": (aws) => {
    const s3 = aws.open(S3Client, REGION);
    const store = createS3ObjectStore({ s3, ask: aws.ask, bucket: "b", contentType: "text/plain" });
    return store.create({ key: "k", body: Buffer.from("a"), fence: "f", tombstone: false });
  },
};

describe.each(Object.entries(WRITES))("%s", (_, write) => {
  it("that was taken, cut and then refused may have arrived", async () => {
    const [aws, server] = await awsOver(cut, DENIED);
    expect(await write(aws)).toEqual({ kind: "unknown" });
    expect(server.headers).toHaveLength(2);
  });

  it("that was refused did not arrive", async () => {
    const [aws] = await awsOver(DENIED);
    const answer = await write(aws).catch((failure: unknown) => failure);
    expect(answer).toMatchObject({ code: "SINK_DENIED" });
  });

  it("is tried as often as we say, not as often as the SDK likes", async () => {
    const [aws, server] = await awsOver(cut);
    expect(await write(aws)).toEqual({ kind: "unknown" });
    expect(server.headers).toHaveLength(3);
  });
});

describe("connections", () => {
  it.each<readonly [string, Treatment]>([
    ["there is no answer in time", keepSilent],
    ["the answer never ends", trickle],
    ["the answer is cut", cutAnswer],
  ])("nothing is known when %s", async (_, treatment) => {
    const [aws] = await awsOver(treatment);
    const sqs = aws.open(SQSClient, REGION);
    const startedMs = Date.now();
    const deadlineMs = startedMs + 150;
    const reply = await aws.ask((options) => sqs.send(new ListQueuesCommand({}), options), { deadlineMs });
    expect(reply).toEqual({ kind: "unknown" });
    expect(Date.now() - startedMs).toBeLessThan(2_000);
  });

  it.each<readonly [string, Treatment]>([
    ["there is no answer in time", keepSilent],
    ["the answer never ends", trickle],
    ["the answer is cut", cutAnswer],
    ["the connection is cut", cut],
  ])("nothing is known of a search index when %s", async (_, treatment) => {
    const [aws, { url }] = await awsOver(treatment);
    expect(await postTo(aws, url, 150)).toBeUndefined();
  });

  it("signs for a search index, its session token and its payload's hash included", async () => {
    const [aws, { url, headers }] = await awsOver(respond(200, "{}"));
    const { status, body } = (await postTo(aws, url, 5_000)) ?? { body: new Uint8Array() };
    expect({ status, body: Buffer.from(body).toString() }).toEqual({ status: 200, body: "{}" });
    expect(headers[0]?.authorization).toMatch(/Credential=a\/\d{8}\/eu-west-1\/aoss\/aws4_request/);
    expect(headers[0]).toMatchObject({ "x-amz-security-token": "t", host: new URL(url).host });
    expect(headers[0]?.["x-amz-content-sha256"]).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("endpoints", () => {
  it.each([
    ["a region", "eu-west-1", {}, "sqs.eu-west-1.amazonaws.com"],
    ["China", "cn-north-1", {}, "sqs.cn-north-1.amazonaws.com.cn"],
    ["FIPS", "us-east-1", { AWS_USE_FIPS_ENDPOINT: "true" }, "sqs-fips.us-east-1.amazonaws.com"],
    ["GovCloud", "us-gov-west-1", { AWS_USE_FIPS_ENDPOINT: "true" }, "sqs.us-gov-west-1.amazonaws.com"],
    ["dual stack", "eu-west-1", { AWS_USE_DUALSTACK_ENDPOINT: "true" }, "sqs.eu-west-1.api.aws"],
    ["a VPC endpoint", "eu-west-1", { AWS_ENDPOINT_URL_SQS: "https://vpce.example" }, "vpce.example"],
  ])("are those of %s", async (_, region, variables, host) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const double = new AwsDouble(answer(200));
    const url = "https://sqs.eu-west-1.amazonaws.com/1/q";
    const queue = createSqsQueue({ sqs: double.aws.open(SQSClient, region), ask: double.aws.ask, url });
    await queue.send([{ body: "a", attributes: {} }]);
    expect(double.requests[0]?.hostname).toBe(host);
  });
});

async function awsOver(...script: readonly Treatment[]): Promise<readonly [Aws, ScriptedServer]> {
  const server = await startScriptedServer(...script);
  servers.push(server);
  const clock = { nowMs: Date.now, sleep: async () => undefined };
  const credentials = async () => ({ accessKeyId: "a", secretAccessKey: "s", sessionToken: "t" });
  const standIns = { endpoint: server.url, credentials };
  return [createAws({ clock, random: createSeededRandom("aws"), variables: {}, standIns }), server];
}

function postTo(aws: Aws, url: string, timeoutMs: number) {
  const post = createSignedPost({ ...aws, endpoint: new URL(url), region: REGION, service: "aoss" });
  return post(
    { path: "_bulk", query: { filter_path: "errors,items.*.status" }, headers: {}, body: Buffer.from("a") },
    timeoutMs,
  );
}
