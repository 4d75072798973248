import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { createAws } from "#delivery/aws/aws";
import { readEnv } from "#environment";
import { readChannel } from "#lambdas/enforcer/read-channel";
import { sinkFor } from "#lambdas/enforcer/sinks/sink-for";
import { systemClock as clock, systemRandom as random } from "#lambdas/runtime/system";
import { loadManifests, spaceFacts } from "#manifest";
import { compilePolicy } from "#policy";
import { createStacks, deploymentOf } from "#stacks";
import { buildShipped } from "#support/descriptors";

const manifests = await loadManifests("policies");
const facts = spaceFacts(manifests);
if (facts === undefined) throw new Error("expected the shipped Space");
const { plans } = compilePolicy(await buildShipped(), { space: facts, today: "2026-11-22" });
const app = new App({ builtinCloudFormationValidation: false });
createStacks(app, deploymentOf(manifests, facts.name, plans), emptyBundle());
const functions = Object.values(
  Template.fromStack(stackOf("EventShield-example-eu")).findResources("AWS::Lambda::Function"),
);

describe("what the deployment sets is what the enforcer needs", () => {
  it.each(plans.map((plan) => [plan.processor, plan] as const))("%s", async (processor, plan) => {
    const env = readEnv({ ...environmentOf(processor), AWS_REGION: "eu-central-1", LAMBDA_TASK_ROOT: "/var/task" });
    const aws = createAws({ variables: {}, clock, random });
    await sinkFor(plan, { env, aws, clock, random, onLedgerUnknown: () => undefined });
    expect(readChannel(env.CHANNEL).feeds.length).toBeGreaterThan(0);
  });
});

/** The variables of a processor's function; what only the deployment knows stands for itself. */
function environmentOf(processor: string): Readonly<Record<string, string>> {
  const found = functions.find(({ Properties }) => Properties.Description.endsWith(` for ${processor}`));
  const variables: Readonly<Record<string, unknown>> = found?.["Properties"].Environment.Variables ?? {};
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === "string" ? value : name.toLowerCase().replaceAll("_", "-"),
    ]),
  );
}

function stackOf(name: string) {
  const found = app.node.findChild(name);
  return found as Parameters<typeof Template.fromStack>[0];
}

function emptyBundle(): string {
  const folder = mkdtempSync(join(tmpdir(), "event-shield-bundle-"));
  writeFileSync(join(folder, "index.mjs"), "");
  return folder;
}
