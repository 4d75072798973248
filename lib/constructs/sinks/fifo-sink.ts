import type { IKey } from "aws-cdk-lib/aws-kms";
import { DeduplicationScope, FifoThroughputLimit } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { QueueSink } from "./queue-sink.ts";

/** The consumer's FIFO queue: each event once, and in order among those of one group. */
export class FifoSink extends QueueSink {
  constructor(scope: Construct, id: string, { key }: { readonly key: IKey }) {
    super(scope, id, {
      key,
      kind: { fifo: true },
      order: {
        deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
        fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      },
    });
  }
}
