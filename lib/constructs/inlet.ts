import type { Duration } from "aws-cdk-lib";
import { type EventBus, Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Queue, QueueEncryption, type QueueProps } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import type { EventPattern } from "./event-patterns.ts";
import { HOLDS } from "./horizon.ts";
import { LARGEST_MESSAGE_BYTES } from "./message-size.ts";
import { receivesFor } from "./outage.ts";

export interface InletProps {
  readonly key: IKey;
  /** How long a message that was taken stays away: six times the function's timeout, and its batching window. */
  readonly visibilityTimeout: Duration;
}

/** The queue that feeds one enforcer, its dead letters, and those of the rules that fill it. */
export class Inlet extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly ruleDeadLetters: Queue;
  #rules = 0;

  constructor(scope: Construct, id: string, { key, visibilityTimeout }: InletProps) {
    super(scope, id);
    const common: QueueProps = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      maxMessageSizeBytes: LARGEST_MESSAGE_BYTES,
    };
    this.ruleDeadLetters = new Queue(this, "RuleDeadLetters", { ...common, retentionPeriod: HOLDS.ruleDeadLetters });
    this.deadLetters = new Queue(this, "DeadLetters", { ...common, retentionPeriod: HOLDS.inletDeadLetters });
    this.queue = new Queue(this, "Queue", {
      ...common,
      retentionPeriod: HOLDS.inlet,
      visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: receivesFor(visibilityTimeout) },
    });
    acknowledge(this.ruleDeadLetters, "SQS3", "it is the dead-letter queue of rules");
  }

  /** Sends what matches from a bus to this inlet. */
  take(bus: EventBus, patterns: readonly EventPattern[]): void {
    for (const pattern of patterns) {
      new Rule(this, `Rule${this.#rules++}`, {
        eventBus: bus,
        // The CDK renders what it does not know (`detail-type`, `replay-name`) as it is.
        eventPattern: pattern,
        targets: [
          new SqsQueue(this.queue, {
            deadLetterQueue: this.ruleDeadLetters,
            maxEventAge: HOLDS.ruleRetry,
            retryAttempts: 185,
          }),
        ],
      });
    }
  }
}
