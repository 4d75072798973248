import { OK, UNKNOWN } from "../answer.ts";
import { mapBounded } from "../map-bounded.ts";
import { rejected, retry } from "../outcome.ts";
import type { Message, Queue, QueueAnswer } from "../queue.ts";
import { refused } from "./failures.ts";
import { createJsonApi, type JsonApi } from "./json-api.ts";
import type { Service } from "./service.ts";

export interface SqsQueueOptions {
  readonly sqs: Service;
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
export function createSqsQueue({ sqs, url }: SqsQueueOptions): Queue {
  const call = createJsonApi({ service: sqs, target: "AmazonSQS", version: "1.0" });
  return {
    async send(messages) {
      const results = new Array<QueueAnswer>(messages.length).fill(UNKNOWN);
      const sized = messages.map(sizedEntry);
      for (const { position } of sized.filter(isTooLarge)) results[position] = rejected("TOO_LARGE");
      const requests = divide(sized.filter((entry) => !isTooLarge(entry)));
      await mapBounded(requests, CONCURRENCY, async (entries) => {
        const sent = await sendBatch({ call, url }, entries);
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

interface QueueAt {
  readonly call: JsonApi;
  readonly url: string;
}

/** What SQS says of a batch of messages. */
interface BatchResult {
  readonly Successful?: readonly { readonly Id: string }[];
  readonly Failed?: readonly { readonly Id: string; readonly SenderFault: boolean }[];
}

async function sendBatch({ call, url }: QueueAt, entries: readonly Entry[]): Promise<ReadonlyMap<number, QueueAnswer>> {
  const answer = await call("SendMessageBatch", { QueueUrl: url, Entries: entries.map(entryOf) });
  if (answer === undefined || answer.isPassing) {
    const said: QueueAnswer = answer !== undefined && answer.status < 500 ? THROTTLED : UNKNOWN;
    return new Map(entries.map(({ position }) => [position, said]));
  }
  if (answer.error !== undefined) throw refused("the queue", answer);
  const { Successful = [], Failed = [] } = answer.output as BatchResult;
  return new Map<number, QueueAnswer>([
    ...Successful.map(({ Id }): [number, QueueAnswer] => [Number(Id), OK]),
    ...Failed.map(({ Id, SenderFault }): [number, QueueAnswer] => [Number(Id), SenderFault ? REFUSED : THROTTLED]),
  ]);
}

const REFUSED: QueueAnswer = rejected("SINK_REFUSED");
const THROTTLED: QueueAnswer = retry("SINK_THROTTLED");

function entryOf({ position, message }: Entry): object {
  const { body, group, dedupId, attributes } = message;
  return {
    Id: String(position),
    MessageBody: body,
    MessageAttributes: Object.fromEntries(Object.entries(attributes).map(attributeOf)),
    ...(group !== undefined && { MessageGroupId: group }),
    ...(dedupId !== undefined && { MessageDeduplicationId: dedupId }),
  };
}

function attributeOf([name, value]: [string, string]): [string, object] {
  return [name, { DataType: "String", StringValue: value }];
}
