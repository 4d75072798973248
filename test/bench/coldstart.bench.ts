/**
 * Prints how long the enforcer takes to start on the Node of Lambda, by sink: beside a handler that does nothing but make
 * the same AWS SDK clients and fetch a secret, and beside a bundle that esbuild makes with its default settings.
 *
 * Each start is a process of its own; contestants take turns in rounds of random order; medians are printed, of time and
 * of CPU time, which other work on the machine disturbs less. Starting is importing the bundle, reading the plan, linking
 * it, and fetching the keys from a server on this machine. Loaded is what Node read of the bundle for it.
 *
 * node --import tsx test/bench/coldstart.bench.ts
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type BuildOptions, build } from "esbuild";
import { type Plan, type SinkName, withHash } from "#plan";
import { compileShipped } from "#support/descriptors";
import { node24Folder } from "#support/services/node24";
import { bundleEnforcer, ENFORCER_BUILD } from "../../bin/bundle-lambdas.ts";

const ROUNDS = 15;

/** What esbuild does when it is told no more than that this is for Node. */
const DEFAULT_BUILD = {
  absWorkingDir: ENFORCER_BUILD.absWorkingDir,
  entryPoints: ENFORCER_BUILD.entryPoints,
  outExtension: ENFORCER_BUILD.outExtension,
  banner: ENFORCER_BUILD.banner,
  bundle: true,
  format: "esm",
  platform: "node",
} as const satisfies BuildOptions;

const EMPTY_HANDLER = `
  import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
  import { S3Client, PutObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
  import { SecretsManagerClient, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
  import { SQSClient, SendMessageBatchCommand, ChangeMessageVisibilityBatchCommand } from "@aws-sdk/client-sqs";
  export const used = [new DynamoDBClient({}), new S3Client({}), new SQSClient({}), PutItemCommand, PutObjectCommand,
    HeadObjectCommand, SendMessageBatchCommand, ChangeMessageVisibilityBatchCommand];
  await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: "arn" }));
  export const handler = async () => undefined;`;

/** What a deployment sets. */
const ENVIRONMENT = {
  PATH: process.env["PATH"],
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "a",
  AWS_SECRET_ACCESS_KEY: "s",
  SPACE: "bench",
  KEYS_SECRET_ARN: "arn",
  QUARANTINE_BUCKET: "quarantine",
  INLET_URL: "https://sqs.eu-west-1.amazonaws.com/1/inlet",
  CHANNEL: '{"kind":"partner_bus","feeds":["AUTH0_EVENTS"]}',
  LEDGER_TABLE: "ledger",
  LEDGER_MEMORY_SECONDS: "4000000",
  LEASE_SECONDS: "90",
  LAKE_BUCKET: "lake",
  LAKE_REGION: "eu-west-1",
  QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/1/events.fifo",
  QUEUE_REGION: "eu-west-1",
  SEARCH_ENDPOINT: "https://search.example",
  SEARCH_REGION: "eu-west-1",
  SEARCH_SERVICE: "es",
};

interface Contestant {
  readonly name: string;
  readonly folder: string;
  readonly starts: Start[];
  /** In bytes. */
  loaded: number;
}

/** In ms. */
interface Start {
  readonly wall: number;
  readonly cpu: number;
}

const folder = mkdtempSync(join(tmpdir(), "event-shield-coldstart-"));
try {
  const contestants = await makeContestants();
  const node = join(await node24Folder(), "node");
  const secrets = await startSecrets();
  for (const contestant of contestants) contestant.loaded = loadedBytes(node, contestant, secrets.url);
  for (let round = 0; round < ROUNDS; round++) {
    for (const contestant of shuffled(contestants)) contestant.starts.push(startOnce(node, contestant, secrets.url));
  }
  await secrets.stop();
  print(contestants, spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function makeContestants(): Promise<readonly Contestant[]> {
  const [ours, byDefault, empty] = ["ours", "default", "empty"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await bundleEnforcer(ours);
  await build({ ...DEFAULT_BUILD, outdir: byDefault });
  const stdin = { contents: EMPTY_HANDLER, resolveDir: ENFORCER_BUILD.absWorkingDir };
  const { entryPoints: _, ...settings } = ENFORCER_BUILD;
  await build({ ...settings, splitting: false, stdin, outfile: join(empty, "index.mjs"), outExtension: {} });
  const { plans } = await compileShipped();
  const planOf = (sink: SinkName) => plans.find(({ delivery }) => delivery.sink === sink) as Plan;
  const parquet = asParquet(planOf("LAKE"));
  const contestant = (name: string, from: string, plan?: Plan): Contestant => {
    const at = join(folder, `${name} ${plan?.processor}`);
    mkdirSync(at);
    cpSync(from, at, { recursive: true });
    if (plan !== undefined) writeFileSync(join(at, "plan.json"), JSON.stringify(plan));
    return { name, folder: at, starts: [], loaded: 0 };
  };
  return [
    contestant("FIFO queue", ours, planOf("FIFO_QUEUE")),
    contestant("Parquet lake", ours, parquet),
    contestant("log index", ours, planOf("LOG_INDEX")),
    contestant("Parquet lake, default settings", byDefault, parquet),
    contestant("empty handler with the SDK's clients", empty),
  ];
}

function asParquet({ hash: _, ...plan }: Plan): Plan {
  return withHash({ ...plan, delivery: { ...plan.delivery, format: "PARQUET" } });
}

/** Answers every request with the same secret, on a thread of its own: starting is waited for without an event loop. */
async function startSecrets(): Promise<{ readonly url: string; stop(): Promise<unknown> }> {
  const code = `
    const server = require("node:http").createServer((_, response) => response.end('{"SecretString":"${"k".repeat(64)}"}'));
    server.listen(0, "127.0.0.1", () => require("node:worker_threads").parentPort.postMessage(server.address().port));`;
  const worker = new Worker(code, { eval: true });
  const port = await new Promise((resolve) => worker.once("message", resolve));
  return { url: `http://127.0.0.1:${port}`, stop: () => worker.terminate() };
}

function startOnce(node: string, { folder: root }: Contestant, secretsUrl: string): Start {
  const script = `const [start, cpu] = [performance.now(), process.cpuUsage()];
    await import(${JSON.stringify(join(root, "index.mjs"))});
    const { user, system } = process.cpuUsage(cpu);
    const measured = { wall: performance.now() - start, cpu: (user + system) / 1_000 };
    process.stdout.write(JSON.stringify(measured), () => process.exit());`;
  return JSON.parse(runScript(node, script, { root, secretsUrl }));
}

/** Bytes of the files that Node reads to start. */
function loadedBytes(node: string, { folder: root }: Contestant, secretsUrl: string): number {
  const script = `const { registerHooks } = await import("node:module");
    const { statSync } = await import("node:fs");
    let bytes = 0;
    const load = (url, context, next) => {
      if (url.startsWith("file:")) bytes += statSync(new URL(url)).size;
      return next(url, context);
    };
    registerHooks({ load });
    await import(${JSON.stringify(join(root, "index.mjs"))});
    process.stdout.write(String(bytes), () => process.exit());`;
  return Number(runScript(node, script, { root, secretsUrl }));
}

interface Place {
  readonly root: string;
  readonly secretsUrl: string;
}

function runScript(node: string, script: string, { root, secretsUrl }: Place): string {
  const { stdout, stderr } = spawnSync(node, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    env: { ...ENVIRONMENT, LAMBDA_TASK_ROOT: root, AWS_ENDPOINT_URL: secretsUrl },
  });
  if (stdout === "") throw new Error(`expected a measurement, got ${stderr}`);
  return stdout;
}

function print(contestants: readonly Contestant[], version: string): void {
  const empty = middle(sorted(contestants.at(-1)?.starts.map(({ wall }) => wall) ?? [])) ?? 0;
  console.log(`${ROUNDS} starts each, in turns, Node ${version.replace(/^v/, "")}; ms to import and to be ready\n`);
  console.log("contestant                             loaded KB   median      min   median CPU   over empty");
  for (const { name, loaded, starts } of contestants) {
    const [wall, cpu] = [sorted(starts.map((start) => start.wall)), sorted(starts.map((start) => start.cpu))];
    const median = middle(wall) ?? 0;
    const figures = [median, wall[0] ?? 0, middle(cpu) ?? 0, median - empty].map((ms) => ms.toFixed(1));
    const widths = [7, 7, 11, 11];
    const columns = figures.map((figure, at) => figure.padStart(widths[at] ?? 0));
    console.log(`${name.padEnd(37)}  ${String(Math.round(loaded / 1_024)).padStart(9)}  ${columns.join("  ")}`);
  }
}

function sorted(values: readonly number[]): readonly number[] {
  return values.toSorted((a, b) => a - b);
}

function middle(values: readonly number[]): number | undefined {
  return values[Math.floor(values.length / 2)];
}

function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
