import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Architecture, Code, Function as Lambda, LoggingFormat, Runtime } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { EnforcerEnv } from "#environment";
import type { Plan } from "#plan";
import { acknowledge, acknowledgeWildcard } from "./acknowledge.ts";
import { Inlet } from "./inlet.ts";
import type { LedgerTable } from "./ledger-table.ts";
import type { ISink } from "./sinks/sink.ts";
import { visibilityOf } from "./sinks/timing.ts";

export interface EnforcerProps {
  readonly plan: Plan;
  /** Folder with the bundled handler, the same for every enforcer. */
  readonly bundle: string;
  readonly sink: ISink;
  readonly key: IKey;
  /** Remembers deliveries, and under which keys a generation was begun. */
  readonly ledger: LedgerTable;
  /** Where rejected events are kept, sealed. */
  readonly quarantine: Bucket;
  readonly space: string;
  /** What the inlet may carry. */
  readonly channel: EnforcerChannel;
  /**
   * How many batches may be enforced at once.
   *
   * @default 10
   */
  readonly maxConcurrency?: number;
}

/** Feeds and tenants whose events this Space takes; everything else is quarantined. */
export interface EnforcerChannel {
  readonly feeds: readonly string[];
  readonly tenants?: readonly string[];
  readonly streams?: readonly string[];
}

/**
 * One processor's enforcer: inlet, function, keys of its own, and the right to write to its sink.
 *
 * Failure, permissions, keys and plan are one processor's alone.
 */
export class DeployedEnforcer extends Construct {
  readonly inlet: Inlet;
  readonly function: Lambda;

  constructor(scope: Construct, id: string, props: EnforcerProps) {
    super(scope, id);
    const { sink, key, quarantine } = props;
    const { timeout, batchingWindow, batchSize } = sink.timing;
    this.inlet = new Inlet(this, "Inlet", { key, visibilityTimeout: visibilityOf(sink.timing) });
    const secret = this.#createKeys(props);
    this.function = this.#createFunction(props, timeout);
    this.function.addEventSource(
      new SqsEventSource(this.inlet.queue, {
        batchSize,
        maxBatchingWindow: batchingWindow,
        maxConcurrency: props.maxConcurrency ?? 10,
        reportBatchItemFailures: true,
      }),
    );
    this.#grant(props, secret);
    this.#setEnvironment({
      SPACE: props.space,
      KEYS_SECRET_ARN: secret.secretArn,
      QUARANTINE_BUCKET: quarantine.bucketName,
      INLET_URL: this.inlet.queue.queueUrl,
      CHANNEL: JSON.stringify({ kind: "partner_bus", ...props.channel }),
      ...props.ledger.bind(this.function, sink.timing),
      ...sink.bind(this, this.function),
    });
  }

  #createFunction({ plan, bundle }: EnforcerProps, timeout: Duration): Lambda {
    const logGroup = new LogGroup(this, "Logs", { retention: RetentionDays.ONE_MONTH });
    return new Lambda(this, "Function", {
      description: `Enforces policy ${plan.hash.slice(0, 12)} for ${plan.processor}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(withPlan(bundle, plan)),
      memorySize: 512,
      timeout,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role: this.#createRole(logGroup),
    });
  }

  #createKeys({ plan, key }: EnforcerProps): Secret {
    const secret = new Secret(this, "Keys", {
      encryptionKey: key,
      description: `Key material of ${plan.processor}: without it no token is made again and no sealed value opens`,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(secret, "SMG4", "delivery ids would change: keys live as long as a generation of the output");
    return secret;
  }

  /** To write a log, read its keys and quarantine; the event source and the sink add theirs. */
  #createRole(logGroup: LogGroup): Role {
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [logGroup.logGroupArn],
      }),
    );
    return role;
  }

  #grant({ quarantine, key }: EnforcerProps, secret: Secret): void {
    const actions = ["s3:PutObject"];
    const objects = quarantine.arnForObjects("*");
    this.function.addToRolePolicy(new PolicyStatement({ actions, resources: [objects] }));
    acknowledgeWildcard(this, objects, "a quarantined record is named by a keyed hash that nobody knows before");
    secret.grantRead(this.function);
    key.grant(this.function, "kms:GenerateDataKey", "kms:Decrypt");
  }

  #setEnvironment(env: EnforcerEnv): void {
    for (const [name, value] of Object.entries(env)) this.function.addEnvironment(name, value);
  }
}

/** Copies the bundle beside the processor's plan: one bundling serves every enforcer. */
function withPlan(bundle: string, plan: Plan): string {
  const folder = mkdtempSync(join(tmpdir(), "event-shield-enforcer-"));
  cpSync(bundle, folder, { recursive: true });
  writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
  return folder;
}
