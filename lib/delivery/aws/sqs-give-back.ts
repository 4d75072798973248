import { ChangeMessageVisibilityBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { divide } from "../divide.ts";
import type { GiveBack } from "../give-back.ts";
import { mapBounded } from "../map-bounded.ts";
import { type Ask, within } from "./ask.ts";

export interface SqsGiveBackOptions {
  readonly sqs: SQSClient;
  readonly ask: Ask;
  /** URL of the queue that the messages came from. */
  readonly url: string;
}

/** Most messages in one request. */
const MAX_ENTRIES = 10;

/** Requests under way at once. */
const CONCURRENCY = 8;

/** A message may stay away for twelve hours from when it was received; this leaves time for having worked on it. */
const LONGEST_SECONDS = 11 * 3_600;

/**
 * Gives messages back by changing their visibility timeout. What fails is left as it is: those come back later.
 *
 * Limits: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html (read
 * 2026-11-22).
 */
export function createSqsGiveBack({ sqs, ask, url }: SqsGiveBackOptions): GiveBack {
  return async (messages, deadlineMs) => {
    const entries = messages.map(({ receipt, afterMs }, at) => ({
      Id: String(at),
      ReceiptHandle: receipt,
      VisibilityTimeout: Math.min(LONGEST_SECONDS, Math.max(0, Math.ceil(afterMs / 1_000))),
    }));
    await mapBounded(divide(entries, { items: MAX_ENTRIES }), CONCURRENCY, (Entries) => {
      const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries: [...Entries] });
      return ask((options) => sqs.send(command, options), within(deadlineMs));
    });
  };
}
