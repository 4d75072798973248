import type { Path } from "#plan";
import type { CarriedAs, Carrier, ChannelKind, Condition, Container, Marker } from "./form.ts";

const FILES: readonly ChannelKind[] = ["files"];

/** Where several records come as one; looked for when no form fits. */
export const CONTAINERS: readonly Container[] = [
  { name: "array", channels: ["webhook", "files"], items: [] },
  { name: "object of a log-stream webhook", channels: ["webhook", "files"], items: ["logs"] },
  { name: "failed deliveries of the Management API", channels: FILES, items: ["deliveries"] },
  { name: "answer of SQS ReceiveMessage", channels: FILES, items: ["Messages"] },
  { name: "event of a Lambda function behind SQS, SNS or Kinesis", channels: FILES, items: ["Records"] },
  { name: "request or event of Firehose", channels: FILES, items: ["records"] },
  { name: "CloudWatch Logs subscription", channels: FILES, items: ["logEvents"] },
  { name: "answer of CloudWatch Logs GetLogEvents or FilterLogEvents", channels: FILES, items: ["events"] },
];

/**
 * What services of AWS put around a record, each known by what only it has.
 *
 * SQS: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html,
 * SNS: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html,
 * CloudWatch Logs: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html,
 * Firehose: https://docs.aws.amazon.com/firehose/latest/dev/httpdeliveryrequestresponse.html
 */
export const CARRIERS: readonly Carrier[] = [
  { name: "SQS message", ...carried(["Body"], "TEXT"), when: strings(["Body"], ["MessageId"]) },
  { name: "SQS record of a Lambda function", ...carried(["body"], "TEXT"), when: strings(["body"], ["messageId"]) },
  { name: "SNS notification", ...carried(["Message"], "TEXT"), when: strings(["Message"], ["TopicArn"]) },
  {
    name: "SNS record of a Lambda function",
    ...carried(["Sns", "Message"], "TEXT"),
    when: strings(["Sns", "Message"], ["Sns", "TopicArn"]),
  },
  { name: "Kinesis record of a Lambda function", ...carried(["kinesis", "data"], "BASE64") },
  { name: "CloudWatch Logs event of a Lambda function", ...carried(["awslogs", "data"], "BASE64") },
  {
    name: "CloudWatch Logs event",
    ...carried(["message"], "TEXT"),
    when: [...strings(["message"]), { at: [["timestamp"]], kind: "number" }],
  },
  { name: "Firehose record", ...carried(["data"], "BASE64") },
];

export const MARKERS: readonly Marker[] = [
  {
    name: "position of the Events API",
    channels: FILES,
    when: strings(["offset"]),
    without: [["event"], ["data"], ["id"], ["type"]],
  },
  {
    name: "test message of a CloudWatch Logs subscription",
    channels: FILES,
    when: [{ at: [["messageType"]], kind: "string", prefix: "CONTROL_MESSAGE", suffix: "CONTROL_MESSAGE" }],
    without: [],
  },
];

/** A carrier that nothing but its text makes known. */
function carried(text: Path, as: CarriedAs): Omit<Carrier, "name"> {
  return { channels: FILES, when: strings(text), text, as };
}

function strings(...paths: readonly Path[]): readonly Condition[] {
  return paths.map((path) => ({ at: [path], kind: "string" }));
}
