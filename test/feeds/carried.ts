import { gzipSync } from "node:zlib";
import { bytesOf, textOf } from "./records.ts";

type Carry = (records: readonly unknown[]) => unknown;

/** What services of AWS make of records, written from their documents: how a file looks that holds it. */
export const CARRIED: Readonly<Record<string, Carry>> = {
  "SQS ReceiveMessage": (records) => ({ Messages: records.map(sqsMessage) }),
  "an SQS message": ([record]) => sqsMessage(record),
  "a Lambda function's event from SQS": (records) => ({
    Records: records.map((record) => ({
      messageId: "059f36b4-87a3-44ab-83d2-661975830a7d",
      receiptHandle: "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
      body: written(record),
      attributes: { ApproximateReceiveCount: "1" },
      messageAttributes: {},
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:us-east-2:123456789012:my-queue",
      awsRegion: "us-east-2",
    })),
  }),
  "an SNS notification": ([record]) => notification(record),
  "a Lambda function's event from SNS": (records) => ({
    Records: records.map((record) => ({ EventVersion: "1.0", EventSource: "aws:sns", Sns: notification(record) })),
  }),
  "SNS behind SQS": (records) => ({ Messages: records.map((record) => sqsMessage(notification(record))) }),
  "a CloudWatch Logs subscription": (records) => subscription(records),
  "a Lambda function's event from CloudWatch Logs": (records) => ({
    awslogs: { data: gzipSync(JSON.stringify(subscription(records))).toString("base64") },
  }),
  "CloudWatch Logs FilterLogEvents": (records) => ({
    events: records.map((record, index) => ({
      logStreamName: "stream",
      timestamp: 1_760_465_758_941,
      message: written(record),
      ingestionTime: 1_760_465_759_000,
      eventId: `${index}`,
    })),
    searchedLogStreams: [],
  }),
  "CloudWatch Logs GetLogEvents": (records) => ({
    events: records.map((record) => ({ timestamp: 1_760_465_758_941, message: written(record), ingestionTime: 1 })),
    nextForwardToken: "f/1",
  }),
  "CloudWatch Logs behind Kinesis": (records) => ({
    Records: [{ eventSource: "aws:kinesis", kinesis: { data: zipped(written(subscription(records))) } }],
  }),
  "a request of Firehose": (records) => ({
    requestId: "ed4acda5-034f-9f42-bba1-f29aea6d7d8f",
    timestamp: 1_578_090_901_599,
    records: records.map((record) => ({ data: Buffer.from(written(record)).toString("base64") })),
  }),
  "objects of Firehose, one after the other": (records) => records.map(written).join(""),
};

function sqsMessage(record: unknown): object {
  return { MessageId: "059f36b4", ReceiptHandle: "AQEB", MD5OfBody: "0", Body: written(record), Attributes: {} };
}

function notification(record: unknown): object {
  return {
    Type: "Notification",
    MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
    TopicArn: "arn:aws:sns:us-west-2:123456789012:MyTopic",
    Subject: "My First Message",
    Message: written(record),
    Timestamp: "2012-05-02T00:54:06.655Z",
    SignatureVersion: "1",
  };
}

function subscription(records: readonly unknown[]): object {
  return {
    messageType: "DATA_MESSAGE",
    owner: "123456789012",
    logGroup: "group",
    logStream: "stream",
    subscriptionFilters: ["filter"],
    logEvents: records.map((record, index) => ({
      id: `${index}`,
      timestamp: 1_760_465_758_941,
      message: written(record),
    })),
  };
}

function zipped(text: string): string {
  return gzipSync(text).toString("base64");
}

function written(record: unknown): string {
  return textOf(bytesOf(record));
}
