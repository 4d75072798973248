import type { Outcome, Random } from "#delivery";
import type { BatchResponse } from "#lambdas/enforcer/create-handler";
import { openEnforcer } from "#lambdas/enforcer/open-enforcer";
import { createPinnedKeys } from "#lambdas/enforcer/pinned-keys";
import type { Mode, SinkName } from "#plan";
import { type Dependency, FakeAws } from "#support/fake-aws/fake-aws";
import { kept, planFor } from "#support/plans";
import { VirtualTime } from "#support/virtual-time";

/** A kind of sink, and what an enforcer of it depends on beside the secrets, the quarantine and its inlet. */
export interface SinkKind {
  readonly name: string;
  readonly sink: SinkName;
  readonly mode: Mode;
  readonly needs: readonly Dependency[];
}

export const SINK_KINDS: readonly SinkKind[] = [
  { name: "lake", sink: "LAKE", mode: "EVERY_EVENT", needs: ["ledger", "bucket"] },
  { name: "FIFO queue", sink: "FIFO_QUEUE", mode: "EVERY_EVENT", needs: ["queue", "ledger"] },
  { name: "FIFO queue of newest states", sink: "FIFO_QUEUE", mode: "NEWEST_STATE", needs: ["ledger", "queue"] },
  { name: "standard queue", sink: "STANDARD_QUEUE", mode: "EVERY_EVENT", needs: ["queue"] },
  { name: "log index", sink: "LOG_INDEX", mode: "EVERY_EVENT", needs: ["search"] },
  { name: "entity index", sink: "ENTITY_INDEX", mode: "NEWEST_STATE", needs: ["search"] },
];

/** A message of the inlet, as it is received. */
export interface Received {
  readonly id: string;
  readonly body: string;
  readonly receives: number;
}

/** What came of an invocation. */
export interface Invoked {
  readonly failures: readonly string[];
  readonly tookMs: number;
  /** Whether it was over before the function's end. */
  readonly isInTime: boolean;
}

export interface VirtualEnforcerOptions extends Pick<SinkKind, "sink" | "mode"> {
  readonly timeoutMs: number;
  readonly startMs: number;
  readonly random: Random;
}

/** An enforcer as it is deployed, over AWS in memory and in virtual time. */
export class VirtualEnforcer {
  readonly time: VirtualTime;
  readonly aws: FakeAws;
  readonly outcomes: Outcome[] = [];
  readonly #options: VirtualEnforcerOptions;
  #handle: Awaited<ReturnType<typeof openEnforcer>> | undefined;

  constructor(options: VirtualEnforcerOptions) {
    this.#options = options;
    this.time = new VirtualTime(options.startMs);
    this.aws = new FakeAws(this.time);
  }

  /** Takes a batch; the first one starts the function. */
  async invoke(messages: readonly Received[]): Promise<Invoked> {
    const { time } = this;
    this.#handle ??= await time.pass(this.#open());
    const handle = this.#handle;
    const startedMs = time.nowMs();
    const endMs = startedMs + this.#options.timeoutMs;
    const event = { Records: messages.map(recordOf) };
    const answer = await time.pass(handle(event, { getRemainingTimeInMillis: () => endMs - time.nowMs() }));
    return {
      failures: (answer as BatchResponse).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
      tookMs: time.nowMs() - startedMs,
      isInTime: time.nowMs() < endMs,
    };
  }

  #open(): ReturnType<typeof openEnforcer> {
    const { sink, mode, timeoutMs } = this.#options;
    const plan = planOf(sink, mode);
    const env = { ...ENV, LEASE_SECONDS: String(timeoutMs / 1_000 + 30) };
    const { time: clock } = this;
    const { aws } = this.aws;
    return openEnforcer({
      env,
      plan,
      aws,
      keys: createPinnedKeys({ env, plan, aws, clock }),
      observer: {
        onBatch: (outcomes) => void this.outcomes.push(...outcomes),
        onFailure: () => undefined,
        onHeld: () => undefined,
        onLedgerUnknown: () => undefined,
      },
      clock,
      random: this.#options.random,
    });
  }
}

const REGION = "eu-west-1";

const ENV = {
  SPACE: "example",
  KEYS_SECRET_ARN: `arn:aws:secretsmanager:${REGION}:111111111111:secret:keys`,
  QUARANTINE_BUCKET: "quarantine",
  INLET_URL: `https://sqs.${REGION}.amazonaws.com/111111111111/inlet`,
  CHANNEL: JSON.stringify({ kind: "partner_bus", feeds: ["AUTH0_EVENTS"] }),
  LEDGER_TABLE: "ledger",
  LEDGER_MEMORY_SECONDS: "4000000",
  LAKE_BUCKET: "lake",
  LAKE_REGION: REGION,
  QUEUE_URL: `https://sqs.${REGION}.amazonaws.com/111111111111/out.fifo`,
  QUEUE_REGION: REGION,
  SEARCH_ENDPOINT: "https://search.example.com",
  SEARCH_REGION: REGION,
  SEARCH_SERVICE: "es",
  AWS_REGION: REGION,
  LAMBDA_TASK_ROOT: "/var/task",
} as const;

function planOf(sink: SinkName, mode: Mode) {
  const states = { entity: [["data", "id"]], birth: ["data", "born"], version: [["time"]] };
  return planFor({
    fields: { id: kept(), type: kept(), time: kept(), data: { id: kept(), born: kept() } },
    ...(mode === "NEWEST_STATE" && { route: states }),
    delivery: { sink, mode },
  });
}

export function eventIdOf(id: number): string {
  return `evt_${String(id).padStart(16, "0")}`;
}

/** An event about somebody of its own. */
export function bodyOf(id: number, timeMs: number): string {
  const time = new Date(timeMs).toISOString();
  return JSON.stringify({
    version: "0",
    id: "00000000-0000-4000-8000-000000000000",
    "detail-type": "user.updated",
    source: "aws.partner/auth0.com/acme-1/auth0.events",
    detail: { id: eventIdOf(id), type: "user.updated", time, data: { id: `user ${id}`, born: time } },
  });
}

function recordOf({ id, body, receives }: Received) {
  const attributes = { ApproximateReceiveCount: String(receives) };
  return { eventSource: "aws:sqs", messageId: id, receiptHandle: id, body, attributes };
}
