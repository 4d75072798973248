/**
 * Stands in for a Lambda's event source mapping and runtime: receives batches from a queue, invokes the bundled handler
 * in this process, and deletes what the handler does not name.
 *
 * Runs on the Node of Lambda, which strips these types itself. What it is told comes by environment variables, as to a
 * Lambda; its output is the function's log.
 */
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const { INLET_URL: QueueUrl = "", BUNDLE = "", BATCH_SIZE = "10", TIMEOUT_MS = "30000" } = process.env;

/** Most messages of one request. */
const PORTION = 10;

type Handler = (
  event: object,
  context: object,
) => Promise<{ readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] }>;

const { handler } = (await import(BUNDLE)) as { readonly handler: Handler };
const client = new SQSClient({});

for (;;) {
  const messages = await receiveBatch();
  if (messages.length > 0) await invoke(messages);
}

async function invoke(messages: readonly Message[]): Promise<void> {
  const endsMs = Date.now() + Number(TIMEOUT_MS);
  const context = { getRemainingTimeInMillis: () => endsMs - Date.now() };
  const { batchItemFailures } = await handler({ Records: messages.map(recordOf) }, context);
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  await deleteAll(messages.filter(({ MessageId = "" }) => !failed.has(MessageId)));
}

async function receiveBatch(): Promise<readonly Message[]> {
  const requests = Array.from({ length: Math.ceil(Number(BATCH_SIZE) / PORTION) }, () =>
    client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: PORTION,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ["ApproximateReceiveCount"],
      }),
    ),
  );
  return (await Promise.all(requests)).flatMap(({ Messages = [] }) => Messages);
}

async function deleteAll(messages: readonly Message[]): Promise<void> {
  for (let at = 0; at < messages.length; at += PORTION) {
    const Entries = messages.slice(at, at + PORTION).map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}

function recordOf({ MessageId, ReceiptHandle, Body, Attributes }: Message): object {
  return {
    eventSource: "aws:sqs",
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
  };
}
