import { describe, expect, it } from "vitest";
import { type Delivery, rejected, retry } from "#delivery";
import { createAws } from "#delivery/aws/aws";
import { sinkFor } from "#lambdas/enforcer/sinks/sink-for";
import type { DeliverySpec } from "#plan";
import { deliveryOf } from "#support/deliveries";
import { createManualClock } from "#support/manual-clock";
import { planFor } from "#support/plans";
import { createSeededRandom } from "#support/seeded-random";

const LEDGER = { LEDGER_MEMORY_SECONDS: "4000000", LEASE_SECONDS: "90" };
const ENV = {
  LAKE: { ...LEDGER, LAKE_BUCKET: "lake", LAKE_REGION: "eu-central-1" },
  FIFO_QUEUE: { ...LEDGER, QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/1/q.fifo", QUEUE_REGION: "eu-west-1" },
  STANDARD_QUEUE: { QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/1/q", QUEUE_REGION: "eu-west-1" },
  LOG_INDEX: { SEARCH_ENDPOINT: "https://search.example.com", SEARCH_REGION: "eu-west-1", SEARCH_SERVICE: "es" },
  // Nothing answers there: the script is seen to later.
  ENTITY_INDEX: { SEARCH_ENDPOINT: "http://127.0.0.1:1", SEARCH_REGION: "eu-west-1", SEARCH_SERVICE: "es" },
} as const;
const SINKS = Object.keys(ENV) as (keyof typeof ENV)[];

describe("sinkFor", () => {
  it.each(SINKS)("makes the sink %s of what the deployment sets", async (sink) => {
    await expect(open({ sink }, ENV[sink])).resolves.toHaveProperty("deliver");
  });

  it.each(SINKS)("names what %s lacks", async (sink) => {
    await expect(open({ sink }, {})).rejects.toThrow(
      /^expected the environment variables? .*[A-Z_]+, got none of them: deploy again$/,
    );
  });

  it.each(["FIFO_QUEUE", "STANDARD_QUEUE", "LOG_INDEX", "ENTITY_INDEX"] as const)(
    "refuses a format that %s cannot carry",
    async (sink) => {
      await expect(open({ sink, format: "PARQUET" }, ENV[sink])).rejects.toThrow(
        "expected format JSON for CONSUMER, got PARQUET: only lakes have other formats",
      );
    },
  );

  it("refuses to sign for a service it does not know", async () => {
    await expect(open({ sink: "LOG_INDEX" }, { ...ENV.LOG_INDEX, SEARCH_SERVICE: "s3" })).rejects.toThrow(
      "expected SEARCH_SERVICE es or aoss, got something else: deploy again",
    );
  });

  it("refuses newest states in a serverless collection", async () => {
    await expect(open({ sink: "ENTITY_INDEX" }, { ...ENV.ENTITY_INDEX, SEARCH_SERVICE: "aoss" })).rejects.toThrow(
      "expected a search domain for the newest states of CONSUMER, got a serverless collection: name a domain in its SearchEndpoint",
    );
  });

  it.each(["LAKE", "FIFO_QUEUE"] as const)("refuses by itself what the ledger of a %s has forgotten", async (sink) => {
    const deployed = await open({ sink }, ENV[sink]);
    const [at, older] = [4_000_000_000 - 90_000, 4_000_000_000].map((age) =>
      deliveryOf("a", { timeMs: createManualClock().nowMs() - age }),
    ) as [Delivery, Delivery];
    const deadlineMs = createManualClock().nowMs();
    expect(await deployed.deliver([older], deadlineMs)).toEqual([rejected("OLDER_THAN_LEDGER")]);
    expect(await deployed.deliver([at], deadlineMs)).toEqual([retry("OUT_OF_TIME")]);
  });

  it.each(["0", "soon"])("refuses a lease of %s seconds", async (LEASE_SECONDS) => {
    await expect(open({ sink: "LAKE" }, { ...ENV.LAKE, LEASE_SECONDS })).rejects.toThrow(
      "expected a positive number of seconds in LEASE_SECONDS, got something else: deploy again",
    );
  });
});

function open(delivery: Partial<DeliverySpec>, variables: Readonly<Record<string, string>>) {
  const env = {
    SPACE: "example",
    KEYS_SECRET_ARN: "arn",
    QUARANTINE_BUCKET: "quarantine",
    INLET_URL: "https://sqs.eu-west-1.amazonaws.com/1/inlet",
    CHANNEL: "{}",
    LEDGER_TABLE: "ledger",
    AWS_REGION: "eu-west-1",
    LAMBDA_TASK_ROOT: "/var/task",
    ...variables,
  };
  const [clock, random] = [createManualClock(), createSeededRandom("sinks")];
  const aws = createAws({ variables: {}, clock, random });
  return sinkFor(planFor({ delivery }), { env, aws, clock, random, onLedgerUnknown: () => undefined });
}
