import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, type Stack, Validations } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { AwsSolutionsChecks } from "cdk-nag";
import { beforeAll, describe, expect, it } from "vitest";
import { eventPatternsOf, HORIZON, LEDGER_MEMORY, MAX_PATTERN_LENGTH } from "#constructs";
import { NEWEST_SCRIPT } from "#delivery/layouts/newest-script";
import { loadManifests, spaceFacts } from "#manifest";
import { compilePolicy, type Policy } from "#policy";
import { createStacks, deploymentOf } from "#stacks";
import { buildShipped } from "#support/descriptors";

let app: App;
let policy: Policy;
let space: Template;

beforeAll(async () => {
  const manifests = await loadManifests("policies");
  const facts = spaceFacts(manifests);
  if (facts === undefined) throw new Error("expected the shipped Space");
  policy = compilePolicy(await buildShipped(), { space: facts, today: "2026-11-22" });
  app = new App({ context: FLAGS });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  createStacks(app, deploymentOf(manifests, facts.name, policy.plans), emptyBundle());
  space = Template.fromStack(stack("EventShield-example-eu"));
});

/** The flags under which the app is synthesized. */
const FLAGS = JSON.parse(readFileSync("cdk.json", "utf8")).context;

describe("the example Space", () => {
  it("passes the checks of cdk-nag and of the CDK", () => {
    expect(() => app.synth()).not.toThrow();
  });

  it("keeps each bus, since a deleted one loses events without a sign", () => {
    const buses = Object.values(space.findResources("AWS::Events::EventBus"));
    expect(buses.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(["Retain", "Retain", "Retain"]);
  });

  it("lets the enforcer of newest states install the script that it names, and no other", () => {
    const granted = JSON.stringify(space.findResources("AWS::IAM::Policy"));
    expect([...granted.matchAll(/_scripts\/([\w*-]+)/g)].map(([, name]) => name)).toEqual([NEWEST_SCRIPT.id]);
  });

  it("names a bus like its partner event source", () => {
    const source = "aws.partner/auth0.com/example-11111111-1111-4111-8111-111111111111/auth0.logs";
    space.hasResourceProperties("AWS::Events::EventBus", { Name: source, EventSourceName: source });
  });

  it("lets each bus send to its dead-letter queue", () => {
    space.hasResourceProperties("AWS::SQS::QueuePolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: "sqs:SendMessage",
            Principal: { Service: "events.amazonaws.com" },
            Condition: { ArnEquals: { "aws:SourceArn": Match.anyValue() } },
          }),
        ]),
      },
    });
  });

  it("gives each rule a dead-letter queue and a day of retries", () => {
    const rules = Object.values(space.findResources("AWS::Events::Rule"));
    const targets = rules.flatMap(({ Properties }) => Properties.Targets);
    expect(targets.length).toBeGreaterThan(8);
    for (const target of targets) {
      expect(target.DeadLetterConfig.Arn).toBeDefined();
      expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
    }
  });

  it("refuses rules of other accounts at its queues", () => {
    const policies = Object.values(space.findResources("AWS::SQS::QueuePolicy"));
    const fromEvents = policies
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Principal }) => Principal?.Service === "events.amazonaws.com");
    for (const { Condition } of fromEvents) expect(Condition).toBeDefined();
  });

  it("lets messages stay away six timeouts and a window, and sets them aside late", () => {
    space.hasResourceProperties("AWS::SQS::Queue", {
      VisibilityTimeout: 6 * 60 + 30,
      RedrivePolicy: { maxReceiveCount: 341 },
    });
  });

  it("says of every queue how large a message it takes: as large as an event may be", () => {
    space.allResourcesProperties("AWS::SQS::Queue", { MaximumMessageSize: 1_048_576 });
  });

  it("lets a consumer fail ten times with a message, and keeps what it cannot take for two weeks", () => {
    const queue = { FifoQueue: true, MessageRetentionPeriod: 4 * 86_400, RedrivePolicy: { maxReceiveCount: 10 } };
    space.hasResourceProperties("AWS::SQS::Queue", queue);
    space.hasResourceProperties("AWS::SQS::Queue", { FifoQueue: true, MessageRetentionPeriod: 14 * 86_400 });
  });

  it("settles a FIFO delivery within the five minutes for which the queue knows its id", () => {
    space.hasResourceProperties("AWS::SQS::Queue", { VisibilityTimeout: 6 * 30 + 5 });
  });

  it("reports partial failures and bounds what runs at once", () => {
    space.allResourcesProperties("AWS::Lambda::EventSourceMapping", {
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  it("runs one enforcer for each processor, each with keys of its own", () => {
    space.resourceCountIs("AWS::SecretsManager::Secret", policy.plans.length);
    space.allResourcesProperties("AWS::Lambda::Function", { Runtime: "nodejs24.x", Architectures: ["arm64"] });
  });

  it("lets enforcers write claims and nothing else to the ledger", () => {
    const statements = statementsOf(space).filter(({ Action }) =>
      [Action].flat().some((action) => /^dynamodb:/.test(action)),
    );
    expect(new Set(statements.flatMap(({ Action }) => Action))).toEqual(
      new Set(["dynamodb:PutItem", "dynamodb:UpdateItem"]),
    );
  });

  it("lets no enforcer decrypt what it may only write", () => {
    const actions = new Set(statementsOf(space).flatMap(({ Action }) => Action));
    expect([...actions].filter((action) => action.includes("*") && !["s3:Abort*"].includes(action))).toEqual(
      [...actions].filter((action) => /^kms:(GenerateDataKey|ReEncrypt)\*$/.test(action)),
    );
  });

  it("keeps the ledger, protected and recoverable", () => {
    space.hasResource("AWS::DynamoDB::GlobalTable", {
      DeletionPolicy: "Retain",
      Properties: {
        TimeToLiveSpecification: { AttributeName: "expires", Enabled: true },
        Replicas: [Match.objectLike({ DeletionProtectionEnabled: true })],
      },
    });
  });
});

describe("the lakes", () => {
  it("are each in the stack of their region", () => {
    const names = app.node.children.map(({ node }) => node.id).filter((id) => id.includes("lakes"));
    expect(names.toSorted()).toEqual([
      "EventShield-example-eu-lakes-eu-central-1",
      "EventShield-example-eu-lakes-us-east-1",
    ]);
  });

  it("refuse a write without If-None-Match, and one without TLS", () => {
    const lakes = Template.fromStack(stack("EventShield-example-eu-lakes-us-east-1"));
    lakes.hasResourceProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
          Match.objectLike({
            Effect: "Deny",
            Action: "s3:PutObject",
            Condition: { Null: { "s3:if-none-match": "true" } },
          }),
        ]),
      },
    });
  });

  it("keep objects longer than an event may wander", () => {
    expect([HORIZON.toDays(), LEDGER_MEMORY.toDays()]).toEqual([1 + 14 + 4 + 14 + 4, 44]);
    for (const { delivery } of policy.plans) {
      expect(delivery.retentionDays ?? Number.POSITIVE_INFINITY).toBeGreaterThan(HORIZON.toDays());
    }
  });
});

describe("eventPatternsOf", () => {
  it("matches a whole feed without naming its types", () => {
    expect(eventPatternsOf(planOf("OPENSEARCH"), "AUTH0_LOGS")).toEqual([
      { source: [{ suffix: "/auth0.logs" }], "replay-name": [{ exists: false }] },
    ]);
  });

  it("names the types where only some are taken", () => {
    expect(eventPatternsOf(planOf("USER_SEARCH"), "AUTH0_EVENTS")).toEqual([
      {
        source: [{ suffix: "/auth0.events" }],
        detail: { type: ["user.created", "user.deleted", "user.updated"] },
        "replay-name": [{ exists: false }],
      },
    ]);
  });

  it("matches nothing of a feed that is not taken", () => {
    expect(eventPatternsOf(planOf("USER_SEARCH"), "AUTH0_LOGS")).toEqual([]);
  });

  it("matches a source of the user's own by source and detail-type", () => {
    expect(eventPatternsOf(planOf("FRAUD_DETECTION"), "CUSTOM")).toEqual([
      { source: ["com.example.crm"], "detail-type": ["company.changed"], "replay-name": [{ exists: false }] },
    ]);
  });

  it("takes every type for a catch-all, those nobody knows included", () => {
    for (const feed of ["AUTH0_EVENTS", "AUTH0_LOGS", "CUSTOM"] as const) {
      expect(JSON.stringify(eventPatternsOf(planOf("ARCHIVE"), feed))).not.toContain("type");
    }
  });

  it("divides a list of types that is too long into disjoint patterns", () => {
    const plan = planOf("USER_SEARCH");
    const types = Array.from({ length: 300 }, (_, n) => `user.type.number.${n}`);
    const routes = [
      { ...plan.routes[0]!, subscribed: true, match: { types, base: false }, feed: "AUTH0_EVENTS" as const },
    ];
    const patterns = eventPatternsOf({ ...plan, routes }, "AUTH0_EVENTS") as { detail: { type: string[] } }[];
    expect(patterns.length).toBeGreaterThan(1);
    expect(patterns.flatMap(({ detail }) => detail.type)).toEqual(types);
    for (const pattern of patterns) expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(MAX_PATTERN_LENGTH);
  });
});

function stack(id: string): Stack {
  return app.node.findChild(id) as Stack;
}

function planOf(processor: string) {
  const plan = policy.plans.find((candidate) => candidate.processor === processor);
  if (plan === undefined) throw new Error(`expected a plan of ${processor}`);
  return plan;
}

function statementsOf(template: Template): { Action: string | string[] }[] {
  return Object.values(template.findResources("AWS::IAM::Policy")).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );
}

function emptyBundle(): string {
  const folder = mkdtempSync(join(tmpdir(), "bundle-"));
  writeFileSync(join(folder, "index.mjs"), "export const handler = () => {};\n");
  return folder;
}
