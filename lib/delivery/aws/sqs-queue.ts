import {
  type BatchResultErrorEntry,
  type MessageAttributeValue,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { mapBounded } from "../map-bounded.ts";
import type { Message, Queue, Sent } from "../queue.ts";
import { nameOf, throwIfHopeless } from "./failures.ts";

export interface SqsQueueOptions {
  readonly client: SQSClient;
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
      const results = new Array<Sent>(messages.length).fill("unknown");
      const sized = messages.map((message, position): Entry => ({ position, message, bytes: sizeOf(message) }));
      for (const { position } of sized.filter(isTooLarge)) results[position] = { reject: "TOO_LARGE" };
      const requests = divide(sized.filter((entry) => !isTooLarge(entry)));
      await mapBounded(requests, CONCURRENCY, async (entries) => {
        const sent = await sendBatch(options, entries);
        for (const [position, outcome] of sent) results[position] = outcome;
      });
      return results;
    },
  };
}

function isTooLarge({ bytes }: Entry): boolean {
  return bytes > MAX_BYTES;
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

async function sendBatch({ client, url }: SqsQueueOptions, entries: readonly Entry[]): Promise<Map<number, Sent>> {
  const command = new SendMessageBatchCommand({ QueueUrl: url, Entries: entries.map(entryOf) });
  try {
    const { Successful = [], Failed = [] } = await client.send(command);
    const ok = Successful.map(({ Id }): [number, Sent] => [Number(Id), "ok"]);
    return new Map([...ok, ...Failed.map((failure): [number, Sent] => [Number(failure.Id), refusalOf(failure)])]);
  } catch (error) {
    throwIfHopeless(error, "the queue");
    const outcome: Sent = /Throttl|LimitExceeded/.test(nameOf(error)) ? { retry: "SINK_THROTTLED" } : "unknown";
    return new Map(entries.map(({ position }) => [position, outcome]));
  }
}

function refusalOf({ SenderFault }: BatchResultErrorEntry): Sent {
  return SenderFault ? { reject: "SINK_REFUSED" } : { retry: "SINK_THROTTLED" };
}

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
