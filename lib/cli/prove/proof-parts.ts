import { createAws } from "#delivery/aws/aws";
import { createObserver } from "#lambdas/enforcer/observer";
import { openEnforcer as openDeployed } from "#lambdas/enforcer/open-enforcer";
import { createSafeLog } from "#lambdas/runtime/safe-log";
import { createSafeMetrics } from "#lambdas/runtime/safe-metrics";
import { FEEDS, type Plan } from "#plan";
import { type Enforce, type EnforcerWorld, type Parts, QUARANTINE_BUCKET } from "#proof";
import { renderSummary } from "../run/summary.ts";

/** The parts of the system that the proof cannot reach by itself: what a run prints, and what is deployed to AWS. */
export const PROOF_PARTS: Pick<Parts, "renderReport" | "openEnforcer"> = {
  renderReport: (report) => renderSummary({ ...report, unread: 0 }, "out"),
  openEnforcer,
};

/** Opens a processor's enforcer as Lambda does, its log and metrics included; every request goes to `world.handler`. */
async function openEnforcer(plan: Plan, world: EnforcerWorld): Promise<Enforce> {
  const { keys, clock, random } = world;
  const { processor } = plan;
  const observer = createObserver({ log: createSafeLog(processor), metrics: createSafeMetrics(processor) });
  const handle = await openDeployed({ env: envOf(plan), plan, aws: awsOf(world), keys, observer, clock, random });
  return (records) => handle({ Records: records.map(messageOf) }, { getRemainingTimeInMillis: () => TIMEOUT_MS });
}

const TIMEOUT_MS = 900_000;
const REGION = "eu-west-1";

/** Every variable an enforcer may need; it takes those of its sink. */
function envOf({ delivery }: Plan) {
  return {
    SPACE: "proof",
    KEYS_SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:keys",
    QUARANTINE_BUCKET,
    INLET_URL: "https://sqs.eu-west-1.amazonaws.com/123456789012/inlet",
    CHANNEL: JSON.stringify({ kind: "replay", feeds: FEEDS }),
    LEDGER_TABLE: "ledger",
    LEDGER_MEMORY_SECONDS: "604800",
    LEASE_SECONDS: "960",
    LAKE_BUCKET: "lake",
    LAKE_REGION: delivery.region,
    QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/123456789012/consumer.fifo",
    QUEUE_REGION: delivery.region,
    SEARCH_ENDPOINT: "https://search.example/",
    SEARCH_REGION: delivery.region,
    SEARCH_SERVICE: "es",
    AWS_REGION: REGION,
    LAMBDA_TASK_ROOT: "/",
  };
}

/** The credentials are nobody's: a signature says nothing of an event, and there is nobody to check it. */
function awsOf({ handler, clock, random }: EnforcerWorld): ReturnType<typeof createAws> {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const credentials = async () => ({ accessKeyId: "nobody", secretAccessKey: "nothing" });
  return createAws({ clock, random, variables: {}, standIns: { credentials, requestHandler: handler } });
}

function messageOf(body: string, index: number) {
  return {
    eventSource: "aws:sqs",
    messageId: `message-${index}`,
    receiptHandle: `receipt-${index}`,
    body,
    attributes: { ApproximateReceiveCount: "1" },
  };
}
