/**
 * Prints what delivering into a lake takes, by batch size: ledger writes, PUTs, bytes, events per second, and what a
 * million events of 2 KB cost in us-east-1, with the arithmetic.
 *
 * The enforcer's own pipeline runs over ports in memory: engine, policy, Parquet and protocol are real, the network is
 * not. What the network adds to a function's duration is assumed, and said.
 *
 * node --import tsx test/bench/delivery.bench.ts
 */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createPipeline, createQuarantine, DELIVERED } from "#delivery";
import { createDynamoDbLedger } from "#delivery/aws/dynamodb-ledger";
import { createLakeLayout } from "#delivery/layouts/lake-layout";
import { createLakeSink } from "#delivery/protocols/lake";
import { referenceEngine } from "#engine";
import { type Channel, readRecord } from "#feeds";
import { formatOf } from "#formats";
import { systemClock, systemRandom } from "#lambdas/runtime/system";
import type { Plan } from "#plan";
import { re2 } from "#plan/re2";
import { AwsDouble, answer } from "#support/aws-double";
import { MemoryLedger } from "#support/memory-ledger";
import { MemoryObjectStore } from "#support/memory-object-store";
import { createLocalKeys, makeSecret } from "#vault";
import { makeEvents } from "../e2e/support/events.ts";
import { compilePlans } from "../e2e/support/policy.ts";

const EVENTS = 3_000;
const BATCHES = [1, 10, 100, 1_000] as const;
const MILLION = 1_000_000;
const TARGET_USD = 2.2;

/** List prices of us-east-1 in USD, as AWS's price pages give them (read 2026-11-21). */
const PRICES = {
  /** EventBridge: a million partner events of up to 64 KB. */
  partnerEvents: 1.0,
  /** SQS: a million requests. */
  sqsRequests: 0.4,
  /** Lambda: a million invocations. */
  invocations: 0.2,
  /** Lambda on arm64: a GB-second. */
  gbSecond: 0.0000133334,
  /** DynamoDB on demand: a million writes of up to 1 KB. */
  ledgerWrites: 0.625,
  /** S3: a million PUTs. */
  puts: 5.0,
  /** CloudWatch: a GB of logs. */
  logGb: 0.5,
  /** DynamoDB: a GB kept for a month. */
  ledgerGbMonth: 0.25,
} as const;

/** The function as it is deployed: its memory, and the share of a core that comes with it (1,769 MB are a whole one). */
const FUNCTION = { gb: 0.5, cores: 512 / 1_769 };

/** What the network takes, assumed: a ledger write, an object, and how many writes are under way at once. */
const NETWORK = { ledgerMs: 6, putMs: 40, parallelClaims: 50 };

/** What the function logs about a batch, metrics included. */
const LOG_BYTES = 1_000;

/** How many messages a receive or a delete of SQS takes. */
const PER_REQUEST = 10;

/** How long the ledger remembers, and what DynamoDB adds to the size of each item for its index. */
const LEDGER_DAYS = 44;
const ITEM_OVERHEAD = 100;

/** Everything that the sample of events brings. */
const CHANNEL: Channel = { kind: "partner_bus", feeds: ["AUTH0_EVENTS", "AUTH0_LOGS"] };

interface Measured {
  readonly batch: number;
  readonly ledgerWrites: number;
  readonly puts: number;
  readonly bytes: number;
  readonly cpuMs: number;
  readonly perSecond: number;
}

const { lake } = await compilePlans();
const records = makeEvents(EVENTS).map((line) => Buffer.from(line));
const meanBytes = Math.round(records.reduce((sum, { length }) => sum + length, 0) / EVENTS);
await measure(lake, 100); // Warms the code up.

const results: Measured[] = [];
for (const batch of BATCHES) results.push(await measure(lake, batch));
console.log(`${EVENTS} events of ${meanBytes} bytes on average into a Parquet lake, Node ${process.version}\n`);
console.log("batch  ledger writes    PUTs  bytes/event  CPU us/event  events/s of a core");
for (const result of results) console.log(measuredLine(result));
console.log(`\nUSD for a million events, us-east-1, one lake consumer (target: at most ${TARGET_USD.toFixed(2)})\n`);
for (const result of results) console.log(costLines(result));
console.log(await standingLine());

async function measure(plan: Plan, batch: number): Promise<Measured> {
  const ledger = new MemoryLedger();
  const objects = new MemoryObjectStore();
  const pipeline = await pipelineOver(plan, ledger, objects);
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  for (let at = 0; at < EVENTS; at += batch) {
    await pipeline.process(records.slice(at, at + batch).flatMap((record) => readRecord(record, CHANNEL)));
  }
  const { user, system } = process.cpuUsage(cpu);
  const bytes = objects.objects.reduce((sum, { body }) => sum + body.length, 0);
  const perSecond = EVENTS / ((performance.now() - started) / 1_000);
  return {
    batch,
    ledgerWrites: ledger.writes,
    puts: objects.objects.length,
    bytes,
    cpuMs: (user + system) / 1_000,
    perSecond,
  };
}

async function pipelineOver(plan: Plan, ledger: MemoryLedger, objects: MemoryObjectStore) {
  const { processor, generation } = plan;
  const [clock, random] = [systemClock, systemRandom];
  const layout = createLakeLayout(await formatOf(plan));
  const { parallelClaims } = NETWORK;
  const limits = { leaseMs: 90_000, rememberMs: 1e12, parallelClaims, parallelWrites: 8, attempts: 3, reserveMs: 0 };
  const stream = { processor, generation };
  const sink = createLakeSink({ stream, ledger, objects, layout, clock, random, limits });
  return createPipeline({
    outlets: [{ plan, sink }],
    enforcer: referenceEngine.link([plan], re2),
    quarantine: createQuarantine({ sink: { deliver: async (rejected) => rejected.map(() => DELIVERED) }, random }),
    keys: createLocalKeys({ secret: makeSecret(random) }),
    clock,
    random,
    facts: { SPACE: "bench" },
  });
}

function measuredLine({ batch, ledgerWrites, puts, bytes, cpuMs, perSecond }: Measured): string {
  return [
    String(batch).padStart(5),
    String(ledgerWrites).padStart(13),
    String(puts).padStart(6),
    (bytes / EVENTS).toFixed(0).padStart(11),
    ((cpuMs / EVENTS) * 1_000).toFixed(0).padStart(12),
    perSecond.toFixed(0).padStart(18),
  ].join("  ");
}

/** One factor of a cost, in words, and what it comes to. */
type Line = readonly [what: string, usd: number];

function costLines({ batch, ledgerWrites, puts, cpuMs }: Measured): string {
  const share = MILLION / EVENTS;
  const [writes, objects, invocations] = [ledgerWrites * share, puts * share, MILLION / batch];
  const requests = MILLION + (2 * MILLION) / Math.min(PER_REQUEST, batch);
  const durationMs = durationOf(batch, { cpuMs: (cpuMs / EVENTS) * batch, puts: (puts / EVENTS) * batch });
  const gbSeconds = (invocations * durationMs * FUNCTION.gb) / 1_000;
  const lines: readonly Line[] = [
    [`EventBridge  1.00 M partner events x ${PRICES.partnerEvents}`, PRICES.partnerEvents],
    [
      `SQS          ${inMillions(requests)} requests x ${PRICES.sqsRequests}`,
      (requests / MILLION) * PRICES.sqsRequests,
    ],
    [
      `Lambda       ${inMillions(invocations)} calls x ${PRICES.invocations}`,
      (invocations / MILLION) * PRICES.invocations,
    ],
    [
      `             x ${durationMs.toFixed(0)} ms x ${FUNCTION.gb} GB x ${PRICES.gbSecond}`,
      gbSeconds * PRICES.gbSecond,
    ],
    [`DynamoDB     ${inMillions(writes)} writes x ${PRICES.ledgerWrites}`, (writes / MILLION) * PRICES.ledgerWrites],
    [`S3           ${inMillions(objects)} PUTs x ${PRICES.puts}`, (objects / MILLION) * PRICES.puts],
    [
      `CloudWatch   ${inMillions(invocations)} x ${LOG_BYTES} bytes x ${PRICES.logGb} a GB`,
      ((invocations * LOG_BYTES) / 1e9) * PRICES.logGb,
    ],
  ];
  const total = lines.reduce((sum, [, usd]) => sum + usd, 0);
  const rows = [...lines, [`             total${total <= TARGET_USD ? "" : ", above the target"}`, total] as const];
  return [
    `batch ${batch}`,
    ...rows.map(([what, usd]) => `  ${what.padEnd(52)} ${usd.toFixed(3).padStart(7)}`),
    "",
  ].join("\n");
}

/** How long a batch takes a deployed function: its share of a core, and the network's answers one after another. */
function durationOf(batch: number, { cpuMs, puts }: { readonly cpuMs: number; readonly puts: number }): number {
  const rounds = Math.ceil(batch / NETWORK.parallelClaims);
  return cpuMs / FUNCTION.cores + rounds * NETWORK.ledgerMs + Math.max(1, Math.ceil(puts / 8)) * NETWORK.putMs;
}

/** What the ledger costs while it remembers: the first 25 GB of an account and region are free. */
async function standingLine(): Promise<string> {
  const double = new AwsDouble(answer(200));
  const { aws } = double;
  const dynamodb = aws.open(DynamoDBClient, "us-east-1");
  const ledger = createDynamoDbLedger({ dynamodb, ask: aws.ask, table: "ledger", clock: systemClock });
  const id = "x".repeat(43);
  const objectKey = `dt=2026-01-31/hour=23/part-${"x".repeat(22)}-0.parquet`;
  const claim = {
    fence: "x".repeat(22),
    objectKey,
    state: "pending",
    leaseUntilMs: Date.now(),
    expiresMs: Date.now(),
  } as const;
  await ledger.insert({ processor: lake.processor, generation: lake.generation, id }, claim);
  const [{ Item }] = double.inputs as [{ readonly Item: Record<string, Record<string, string>> }];
  const bytes = Object.entries(Item).reduce(
    (sum, [name, value]) => sum + name.length + Object.values(value).join("").length,
    0,
  );
  const gb = ((bytes + ITEM_OVERHEAD) * MILLION) / 1e9;
  const usd = gb * PRICES.ledgerGbMonth * (LEDGER_DAYS / 30);
  return `beside it, past 25 GB: ledger ${bytes} + ${ITEM_OVERHEAD} bytes x 1 M x ${LEDGER_DAYS} days x ${PRICES.ledgerGbMonth} a GB-month = ${usd.toFixed(3)}`;
}

function inMillions(count: number): string {
  return `${(count / MILLION).toFixed(count < MILLION / 100 ? 4 : 2)} M`;
}
