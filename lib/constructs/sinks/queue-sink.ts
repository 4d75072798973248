import { Stack } from "aws-cdk-lib";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Queue, QueueEncryption, type QueueProps } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { EnforcerEnv } from "#environment";
import { HOLDS } from "../horizon.ts";
import { LARGEST_MESSAGE_BYTES } from "../message-size.ts";
import type { ISink } from "./sink.ts";
import { QUEUE_TIMING } from "./timing.ts";

export interface QueueSinkProps {
  readonly key: IKey;
  /** What the queue and its dead letters have in common. */
  readonly kind?: Pick<QueueProps, "fifo">;
  /** What the queue alone has. */
  readonly order?: Pick<QueueProps, "deduplicationScope" | "fifoThroughputLimit">;
}

/** How often a consumer may fail with a message before it is set aside. */
const MAX_RECEIVE_COUNT = 10;

/** A consumer's queue, its dead letters, and the right to send to it. */
export class QueueSink extends Construct implements ISink {
  readonly queue: Queue;
  readonly timing = QUEUE_TIMING;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, { key, kind, order }: QueueSinkProps) {
    super(scope, id);
    const common = {
      ...kind,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      maxMessageSizeBytes: LARGEST_MESSAGE_BYTES,
    };
    const deadLetters = new Queue(this, "DeadLetters", { ...common, retentionPeriod: HOLDS.inletDeadLetters });
    this.queue = new Queue(this, "Queue", {
      ...common,
      ...order,
      retentionPeriod: HOLDS.inlet,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
    this.#key = key;
  }

  bind(scope: Construct, enforcer: IGrantable): Partial<EnforcerEnv> {
    this.queue.grant(enforcer, "sqs:SendMessage");
    this.#key.grant(enforcer, "kms:GenerateDataKey", "kms:Decrypt");
    return { QUEUE_URL: this.queue.queueUrl, QUEUE_REGION: Stack.of(scope).region };
  }
}
