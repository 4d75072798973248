import {
  type BatchResultErrorEntry,
  type MessageAttributeValue,
  SendMessageBatchCommand,
  type SendMessageBatchCommandOutput,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { escapeUnit } from "#json";
import { OK, UNKNOWN } from "../answer.ts";
import { divide, type RequestLimits } from "../divide.ts";
import { mapBounded } from "../map-bounded.ts";
import { rejected, THROTTLED } from "../outcome.ts";
import { answerOf } from "../pair.ts";
import type { Message, Queue, QueueAnswer } from "../queue.ts";
import { type Ask, type Done, within } from "./ask.ts";
import { misfitOf, refused } from "./failures.ts";
import { DENIED, judgeMessage } from "./refusals.ts";

export interface SqsQueueOptions {
  readonly sqs: SQSClient;
  readonly ask: Ask;
  readonly url: string;
  /** Learns of requests that are refused until somebody changes something. */
  readonly onRefused?: (refusal: Error) => void;
}

/** Most messages, and most bytes of all of them together, in one request: SQS service quotas (1 MiB since 2026-01-29). */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_048_576;

const REQUEST: RequestLimits<Entry> = { items: MAX_ENTRIES, bytes: MAX_BYTES, bytesOf: ({ bytes }) => bytes };

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
    async send(messages, deadlineMs) {
      const sized = messages.map(sizedEntry);
      const answers = new Map(forAll(sized.filter(isTooLarge), rejected("TOO_LARGE")));
      const requests = divide(
        sized.filter((entry) => !isTooLarge(entry)),
        REQUEST,
      );
      await mapBounded(requests, CONCURRENCY, async (entries) => {
        for (const [position, answer] of await sendBatch(options, entries, deadlineMs)) answers.set(position, answer);
      });
      return sized.map(({ position }) => answerOf(answers, position));
    },
  };
}

function isTooLarge({ bytes }: Entry): boolean {
  return bytes > MAX_BYTES;
}

function sizedEntry(given: Message, position: number): Entry {
  const message = { ...given, body: given.body.replace(NONCHARACTERS, escapeUnit) };
  return { position, message, bytes: sizeOf(message) };
}

/** SQS refuses a body that holds these two; in JSON they stand in strings only, where an escape means the same. */
const NONCHARACTERS = /[\ufffe\uffff]/g;

/** Attributes count with their names and types. */
function sizeOf({ body, attributes }: Message): number {
  const pairs = Object.entries(attributes).map(([name, value]) => `${name}String${value}`);
  return [body, ...pairs].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** Sends a batch, which is halved while it is refused as too large. */
async function sendBatch(options: SqsQueueOptions, entries: readonly Entry[], deadlineMs?: number): Promise<Answers> {
  const { sqs, ask, url, onRefused } = options;
  const command = new SendMessageBatchCommand({ QueueUrl: url, Entries: entries.map(entryOf) });
  const reply = await ask((settings) => sqs.send(command, settings), within(deadlineMs));
  if (reply.kind === "done") return readBatch(entries, reply, onRefused);
  if (reply.kind === "unknown") return forAll(entries, UNKNOWN);
  if (reply.isPassing) return forAll(entries, THROTTLED);
  if (reply.status === 413 || TOO_LONG.has(reply.name)) return sendHalves(options, entries, deadlineMs);
  onRefused?.(refused("the queue", reply));
  return forAll(entries, DENIED);
}

type Answers = ReadonlyMap<number, QueueAnswer>;

/** A batch that is refused for its size: several limits and proxies stand before a queue. */
const TOO_LONG: ReadonlySet<string> = new Set(["BatchRequestTooLong", "RequestTooLong", "RequestEntityTooLarge"]);

async function sendHalves(options: SqsQueueOptions, entries: readonly Entry[], deadlineMs?: number): Promise<Answers> {
  if (entries.length === 1) return forAll(entries, rejected("TOO_LARGE"));
  const middle = Math.ceil(entries.length / 2);
  const first = await sendBatch(options, entries.slice(0, middle), deadlineMs);
  return new Map([...first, ...(await sendBatch(options, entries.slice(middle), deadlineMs))]);
}

function forAll(entries: readonly Entry[], answer: QueueAnswer): Answers {
  return new Map(entries.map(({ position }) => [position, answer]));
}

/** Answers for each entry and for nothing else, whatever the queue says: what it says nothing of, or two things, is unknown. */
function readBatch(
  entries: readonly Entry[],
  reply: Done<SendMessageBatchCommandOutput>,
  onRefused: SqsQueueOptions["onRefused"],
): Answers {
  const said = answersOf(reply);
  const answers = entries.map(({ position }) => {
    const [first, ...others] = said.filter(([id]) => id === String(position));
    return [position, others.length === 0 ? first?.[1] : undefined] as const;
  });
  const fitting = answers.filter(([, answer]) => answer !== undefined).length;
  const misfit = misfitOf("the queue", { asked: entries.length, answers: said.length, fitting });
  if (misfit !== undefined) onRefused?.(misfit);
  return new Map(answers.map(([position, answer = UNKNOWN]) => [position, answer]));
}

/** What is said, by the ids of messages. A message refused after a try that was lost may be in the queue. */
function answersOf({ output, isRepeated }: Done<SendMessageBatchCommandOutput>) {
  const failed = ({ Code = "", SenderFault = false }: BatchResultErrorEntry): QueueAnswer =>
    isRepeated ? UNKNOWN : judgeMessage(Code, SenderFault);
  return [
    ...(output.Successful ?? []).map(({ Id }): readonly [string | undefined, QueueAnswer] => [Id, OK]),
    ...(output.Failed ?? []).map((entry): readonly [string | undefined, QueueAnswer] => [entry.Id, failed(entry)]),
  ];
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
