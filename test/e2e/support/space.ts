import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { aliasOf, storeFilesOf } from "#delivery";
import { indexName } from "#delivery/layouts/bulk-lines";
import { mapBounded } from "#delivery/map-bounded";
import type { EnforcerEnv } from "#environment";
import type { Channel } from "#feeds";
import type { Plan } from "#plan";
import type { MiniStack } from "#support/services/ministack";
import { bundleEnforcer } from "../../../bin/bundle-lambdas.ts";
import type { Plans } from "./policy.ts";
import { createBucket, createQueue, createTable, REGION, settingsOf } from "./resources.ts";

export const SPACE = "e2e";
export const KEY_MATERIAL = "end-to-end key material that is as long as a generated one is.";
export const CHANNEL: Channel = { kind: "partner_bus", feeds: ["AUTH0_EVENTS", "AUTH0_LOGS"], tenants: ["acme-demo"] };

/** Short, so that what a killed worker held comes back while the test runs; real ones follow the function's timeout. */
const LEASE_SECONDS = 8;
const VISIBILITY_SECONDS = 12;

/** Longer than since the sample's events happened. */
const LEDGER_MEMORY_SECONDS = 20 * 365 * 86_400;

/** Everything that a deployment would make, in local services. */
export interface Space {
  readonly lakeBucket: string;
  readonly quarantineBucket: string;
  readonly queueUrl: string;
  readonly ledgerTable: string;
  readonly inlets: Readonly<Record<keyof Plans, string>>;
  /** The environment of each processor's enforcer. */
  readonly workers: Readonly<Record<keyof Plans, Readonly<Record<string, string>>>>;
}

export interface SpaceParts {
  readonly server: MiniStack;
  readonly searchUrl: string;
  readonly plans: Plans;
  /** Holds the bundles. */
  readonly folder: string;
}

/** Makes a Space: table, buckets, queues, secret and index, and a bundle beside each processor's plan. */
export async function makeSpace({ server, searchUrl, plans, folder }: SpaceParts): Promise<Space> {
  const settings = settingsOf(server);
  const [sqs, s3] = [new SQSClient(settings), new S3Client(settings)];
  const bundle = await bundleEnforcer(join(folder, "bundle"));
  await createSecret(server);
  await createIndex(searchUrl, plans.search);
  const inlet = () => createQueue(sqs, { VisibilityTimeout: String(VISIBILITY_SECONDS) });
  const inlets = { lake: await inlet(), queue: await inlet(), search: await inlet() };
  const place = {
    lakeBucket: await createBucket(s3),
    quarantineBucket: await createBucket(s3),
    queueUrl: await createQueue(sqs, { FifoQueue: "true" }),
    ledgerTable: await createTable(new DynamoDBClient(settings)),
    inlets,
  };
  const workerOf = (name: keyof Plans) => {
    const root = withPlan(bundle, join(folder, name), plans[name]);
    return {
      ...server.environment,
      ...environmentOf({ ...place, inlet: inlets[name], searchUrl }),
      ...runtimeOf(root),
    };
  };
  return { ...place, workers: { lake: workerOf("lake"), queue: workerOf("queue"), search: workerOf("search") } };
}

/** Puts messages into an inlet. */
export async function send(server: MiniStack, QueueUrl: string, bodies: readonly string[]): Promise<void> {
  const client = new SQSClient(settingsOf(server));
  const portions = Array.from({ length: Math.ceil(bodies.length / 10) }, (_, at) =>
    bodies.slice(at * 10, at * 10 + 10),
  );
  await mapBounded(portions, 8, async (portion) => {
    const Entries = portion.map((MessageBody, n) => ({ Id: String(n), MessageBody }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    if (Failed.length > 0) throw new Error(`expected every message to be taken, got ${Failed.length} refused`);
  });
}

/** Claims an event for an object that is never written, as a worker that died long ago did. */
export async function plantDeadClaim(
  server: MiniStack,
  { table, plan, ledgerId }: { readonly table: string; readonly plan: Plan; readonly ledgerId: string },
): Promise<string> {
  const objectKey = "dt=2026-03-14/hour=09/part-of-a-dead-worker.parquet";
  const Item = {
    pk: { S: `${plan.processor}#${plan.generation}#${ledgerId}` },
    fence: { S: "a-dead-worker" },
    state: { S: "pending" },
    objectKey: { S: objectKey },
    leaseUntil: { N: "0" },
    expires: { N: String(Math.ceil(Date.now() / 1_000) + LEDGER_MEMORY_SECONDS) },
  };
  await new DynamoDBClient(settingsOf(server)).send(new PutItemCommand({ TableName: table, Item }));
  return `${plan.processor}/${plan.generation}/${objectKey}`;
}

interface Place extends Omit<Space, "inlets" | "workers"> {
  readonly inlet: string;
  readonly searchUrl: string;
}

function environmentOf(place: Place): Readonly<Record<string, string>> {
  const env: Required<Omit<EnforcerEnv, "POP" | "DEPLOYMENT_VERSION">> = {
    SPACE,
    KEYS_SECRET_ARN: SECRET,
    QUARANTINE_BUCKET: place.quarantineBucket,
    INLET_URL: place.inlet,
    CHANNEL: JSON.stringify(CHANNEL),
    LEDGER_TABLE: place.ledgerTable,
    LEDGER_MEMORY_SECONDS: String(LEDGER_MEMORY_SECONDS),
    LEASE_SECONDS: String(LEASE_SECONDS),
    LAKE_BUCKET: place.lakeBucket,
    LAKE_REGION: REGION,
    QUEUE_URL: place.queueUrl,
    QUEUE_REGION: REGION,
    SEARCH_ENDPOINT: place.searchUrl,
    SEARCH_REGION: REGION,
    SEARCH_SERVICE: "es",
  };
  return { ...env };
}

/** What the runtime of Lambda, and the stand-in for it, set. */
function runtimeOf(root: string): Readonly<Record<string, string>> {
  return { LAMBDA_TASK_ROOT: root, BUNDLE: join(root, "index.mjs"), BATCH_SIZE: "100", TIMEOUT_MS: "30000" };
}

function withPlan(bundle: string, root: string, plan: Plan): string {
  mkdirSync(root, { recursive: true });
  cpSync(bundle, root, { recursive: true });
  writeFileSync(join(root, "plan.json"), JSON.stringify(plan));
  return root;
}

const SECRET = "e2e-keys";

async function createSecret(server: MiniStack): Promise<void> {
  const client = new SecretsManagerClient(settingsOf(server));
  await client.send(new CreateSecretCommand({ Name: SECRET, SecretString: KEY_MATERIAL }));
}

/** Makes the index as `shield run` says: by the template that is written beside the output. */
async function createIndex(searchUrl: string, plan: Plan): Promise<void> {
  const template = storeFilesOf(plan, "").find(({ name }) => name === "index-template.json");
  await put(`${searchUrl}/_index_template/${aliasOf(plan)}`, template?.text);
  await put(`${searchUrl}/${indexName(plan)}`);
}

async function put(url: string, body?: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "PUT", headers, ...(body !== undefined && { body }) });
  if (!response.ok) throw new Error(`expected success, got ${response.status} ${await response.text()}`);
}
