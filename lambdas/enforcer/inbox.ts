/** A message of the inlet. */
export interface InletMessage {
  /** By which the message is named in the answer. */
  readonly id: string;
  /** By which this receiving of it is named. */
  readonly receipt: string;
  /** How often it was received, this time included. */
  readonly receives: number;
  /** When it was sent to the inlet, in ms since the epoch. */
  readonly sinceMs?: number;
  readonly body: Uint8Array;
}

/** The part of an SQS event that we read. */
interface SqsRecord {
  readonly eventSource: "aws:sqs";
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes?: { readonly ApproximateReceiveCount?: string; readonly SentTimestamp?: string };
}

/** Reads the messages of an invocation by a queue; undefined when it is not one. */
export function readMessages(event: unknown): readonly InletMessage[] | undefined {
  const { Records: records } = Object(event) as { readonly Records?: unknown };
  if (!Array.isArray(records) || !records.every(isSqsRecord)) return undefined;
  return records.map(({ messageId, receiptHandle, body, attributes }) => ({
    id: messageId,
    receipt: receiptHandle,
    receives: Number(attributes?.ApproximateReceiveCount ?? 1),
    ...(attributes?.SentTimestamp !== undefined && { sinceMs: Number(attributes.SentTimestamp) }),
    body: Buffer.from(body),
  }));
}

function isSqsRecord(record: unknown): record is SqsRecord {
  return (Object(record) as Partial<SqsRecord>).eventSource === "aws:sqs";
}

/**
 * Writes the event of a direct invocation as a record.
 *
 * Lambda has parsed it already, so numbers have the text that JSON.stringify gives them: an inlet keeps it as received.
 */
export function writeRecord(event: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(event) ?? "");
}
