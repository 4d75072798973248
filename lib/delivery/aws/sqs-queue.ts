import {
  type MessageAttributeValue,
  SendMessageBatchCommand,
  type SendMessageBatchCommandOutput,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { OK, UNKNOWN } from "../answer.ts";
import { mapBounded } from "../map-bounded.ts";
import { rejected, retry } from "../outcome.ts";
import type { Message, Queue, QueueAnswer } from "../queue.ts";
import type { Ask, Done } from "./ask.ts";
import { refused } from "./failures.ts";

export interface SqsQueueOptions {
  readonly sqs: SQSClient;
  readonly ask: Ask;
  readonly url: string;
}

/** Most messages, and most bytes of all of them together, in one request: SQS service quotas (1 MiB since 2026-01-29). */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_048_576;

/** Requests under way at once. */
const CONCURRENCY = 8;

interface Entry {
  readonly position: number;
  readonly message: Message;
  readonly bytes: number;
}

/** A queue in SQS, standard or FIFO. Requests go out side by side, so messages keep no order: versions tell states apart. */
export function createSqsQueue(options: SqsQueueOptions): Queue {
  return {
    async send(messages) {
      const results = new Array<QueueAnswer>(messages.length).fill(UNKNOWN);
      const sized = messages.map(sizedEntry);
      for (const { position } of sized.filter(isTooLarge)) results[position] = rejected("TOO_LARGE");
      const requests = divide(sized.filter((entry) => !isTooLarge(entry)));
      await mapBounded(requests, CONCURRENCY, async (entries) => {
        const sent = await sendBatch(options, entries);
        for (const [position, answer] of sent) results[position] = answer;
      });
      return results;
    },
  };
}

function isTooLarge({ bytes }: Entry): boolean {
  return bytes > MAX_BYTES;
}

function sizedEntry(given: Message, position: number): Entry {
  const message = { ...given, body: given.body.replace(NONCHARACTERS, escapeAsJson) };
  return { position, message, bytes: sizeOf(message) };
}

/** SQS refuses a body that holds these two; in JSON they stand in strings only, where an escape means the same. */
const NONCHARACTERS = /[\ufffe\uffff]/g;

function escapeAsJson(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16)}`;
}

/** Attributes count with their names and types. */
function sizeOf({ body, attributes }: Message): number {
  const pairs = Object.entries(attributes).map(([name, value]) => `${name}String${value}`);
  return [body, ...pairs].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function divide(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const requests: Entry[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const last = requests.at(-1);
    bytes += entry.bytes;
    if (last !== undefined && last.length < MAX_ENTRIES && bytes <= MAX_BYTES) {
      last.push(entry);
    } else {
      requests.push([entry]);
      bytes = entry.bytes;
    }
  }
  return requests;
}

async function sendBatch(
  { sqs, ask, url }: SqsQueueOptions,
  entries: readonly Entry[],
): Promise<ReadonlyMap<number, QueueAnswer>> {
  const command = new SendMessageBatchCommand({ QueueUrl: url, Entries: entries.map(entryOf) });
  const reply = await ask((options) => sqs.send(command, options));
  if (reply.kind === "done") return readBatch(reply);
  if (reply.kind === "refused" && !reply.isPassing) throw refused("the queue", reply);
  const answer = reply.kind === "refused" ? THROTTLED : UNKNOWN;
  return new Map(entries.map(({ position }) => [position, answer]));
}

/** A message refused after a try that was lost may be in the queue. */
function readBatch({ output, isRepeated }: Done<SendMessageBatchCommandOutput>): ReadonlyMap<number, QueueAnswer> {
  const { Successful = [], Failed = [] } = output;
  const failed = (isOurFault = false): QueueAnswer => {
    if (isRepeated) return UNKNOWN;
    return isOurFault ? REFUSED : THROTTLED;
  };
  return new Map<number, QueueAnswer>([
    ...Successful.map(({ Id }): [number, QueueAnswer] => [Number(Id), OK]),
    ...Failed.map(({ Id, SenderFault }): [number, QueueAnswer] => [Number(Id), failed(SenderFault)]),
  ]);
}

const REFUSED: QueueAnswer = rejected("SINK_REFUSED");
const THROTTLED: QueueAnswer = retry("SINK_THROTTLED");

function entryOf({ position, message }: Entry): SendMessageBatchRequestEntry {
  const { body, group, dedupId, attributes } = message;
  return {
    Id: String(position),
    MessageBody: body,
    MessageAttributes: Object.fromEntries(Object.entries(attributes).map(attributeOf)),
    ...(group !== undefined && { MessageGroupId: group }),
    ...(dedupId !== undefined && { MessageDeduplicationId: dedupId }),
  };
}

function attributeOf([name, value]: [string, string]): [string, MessageAttributeValue] {
  return [name, { DataType: "String", StringValue: value }];
}
