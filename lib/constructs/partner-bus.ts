import { RemovalPolicy } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import { Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import { HOLDS } from "./horizon.ts";
import { LARGEST_MESSAGE_BYTES } from "./message-size.ts";

export interface PartnerBusProps {
  /**
   * Name of the partner event source, as Auth0 shows it: `aws.partner/auth0.com/<tenant>-<uuid>/auth0.logs`.
   *
   * The source must be offered to this account and region, and it is bound to one bus.
   */
  readonly eventSourceName: string;
  readonly key: IKey;
}

/**
 * The event bus of an Auth0 stream.
 *
 * It is retained: deleting it returns the source to PENDING, where events are accepted and lost without a sign. Events
 * that EventBridge cannot decrypt go to its dead-letter queue.
 */
export class PartnerBus extends Construct {
  readonly bus: EventBus;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { eventSourceName, key }: PartnerBusProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, "DeadLetters", {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      maxMessageSizeBytes: LARGEST_MESSAGE_BYTES,
      retentionPeriod: HOLDS.ruleDeadLetters,
    });
    this.bus = new EventBus(this, "Bus", { eventSourceName, kmsKey: key, deadLetterQueue: this.deadLetters });
    this.bus.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.#letBusSendDeadLetters();
    acknowledge(this.deadLetters, "SQS3", "it is the dead-letter queue of a bus");
  }

  /** The L2 names the queue and forgets its policy, so that the bus would drop what it cannot deliver. */
  #letBusSendDeadLetters(): void {
    this.deadLetters.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal("events.amazonaws.com")],
        actions: ["sqs:SendMessage"],
        resources: [this.deadLetters.queueArn],
        conditions: { ArnEquals: { "aws:SourceArn": this.bus.eventBusArn } },
      }),
    );
  }
}
