import { SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { rejected, retry } from "#delivery";
import { OK, UNKNOWN } from "#delivery/answer";
import { createSqsQueue } from "#delivery/aws/sqs-queue";
import type { Message } from "#delivery/queue";
import { AwsDouble, answer, jsonError, type ScriptedAnswer, taken } from "#support/aws-double";

const URL = "https://sqs.eu-west-1.amazonaws.com/111111111111/events.fifo";

describe("createSqsQueue", () => {
  it("sends messages with their group, dedup id and attributes", async () => {
    const double = new AwsDouble(answer(200, { Successful: [taken("0", "a")] }));
    const sent = message("a", { group: "g", dedupId: "d", attributes: { policy: "p" } });
    expect(await queueOver(double).send([sent])).toEqual([OK]);
    expect(double.inputs).toEqual([
      {
        QueueUrl: URL,
        Entries: [
          {
            Id: "0",
            MessageBody: "a",
            MessageAttributes: { policy: { DataType: "String", StringValue: "p" } },
            MessageGroupId: "g",
            MessageDeduplicationId: "d",
          },
        ],
      },
    ]);
  });

  it("escapes the two characters that SQS refuses", async () => {
    const body = '{"name":"a\\uffffb\\ufffec"}';
    const double = new AwsDouble(answer(200, { Successful: [taken("0", body)] }));
    expect(await queueOver(double).send([message('{"name":"a\uffffb\ufffec"}')])).toEqual([OK]);
    expect(double.inputs).toMatchObject([{ Entries: [{ MessageBody: body }] }]);
  });

  it("tells for each message how it went", async () => {
    const Failed = [
      { Id: "1", SenderFault: true, Code: "InvalidMessageContents" },
      { Id: "2", SenderFault: false, Code: "RequestThrottled" },
      { Id: "3", SenderFault: false, Code: "InternalError" },
    ];
    const double = new AwsDouble(answer(200, { Successful: [taken("0", "a")], Failed }));
    expect(await queueOver(double).send(["a", "b", "c", "d", "e"].map((body) => message(body)))).toEqual([
      OK,
      rejected("SINK_REFUSED"),
      retry("SINK_THROTTLED"),
      UNKNOWN,
      UNKNOWN,
    ]);
  });

  const strange = taken("7", "a");
  const unfit = (asked: number, answers: number, fitting: number) =>
    `expected the queue to answer once for each of ${asked}, got ${answers} answers of which ${fitting} fit: check what answers at its address`;
  it.each<readonly [string, object, readonly unknown[], readonly string[]]>([
    ["nothing", {}, [UNKNOWN, UNKNOWN], [unfit(2, 0, 0)]],
    ["null", { Successful: null, Failed: null }, [UNKNOWN, UNKNOWN], [unfit(2, 0, 0)]],
    ["of one only", { Successful: [taken("0", "a")] }, [OK, UNKNOWN], [unfit(2, 1, 1)]],
    ["of a message that was not sent", { Successful: [strange] }, [UNKNOWN, UNKNOWN], [unfit(2, 1, 0)]],
    ["of one too many", { Successful: [taken("0", "a"), taken("1", "b"), strange] }, [OK, OK], [unfit(2, 3, 2)]],
    [
      "two things of one",
      { Successful: [taken("0", "a")], Failed: [{ Id: "0" }] },
      [UNKNOWN, UNKNOWN],
      [unfit(2, 2, 0)],
    ],
    ["without ids", { Failed: [{}, {}] }, [UNKNOWN, UNKNOWN], [unfit(2, 2, 0)]],
  ])("answers for each message where the queue says %s, and tells it", async (_, body, expected, told) => {
    const refusals: string[] = [];
    const queue = queueOver(new AwsDouble(answer(200, body)), ({ message: text }) => void refusals.push(text));
    expect(await queue.send([message("a"), message("b")])).toEqual(expected);
    expect(refusals).toEqual(told);
  });

  it("does not call a message refused that a lost try may have sent", async () => {
    const Failed = [{ Id: "1", SenderFault: true, Code: "InvalidMessageContents" }];
    const double = new AwsDouble("lost", answer(200, { Successful: [taken("0", "a")], Failed }));
    expect(await queueOver(double).send([message("a"), message("b")])).toEqual([OK, UNKNOWN]);
  });

  it("does not call a message sent that the queue got wrong", async () => {
    const double = new AwsDouble(answer(200, { Successful: [taken("0", "b")] }));
    expect(await queueOver(double).send([message("a")])).toEqual([UNKNOWN]);
  });

  it.each<readonly [string, readonly ScriptedAnswer[], unknown]>([
    ["no answer", ["lost"], UNKNOWN],
    ["a failure of the service", [answer(500)], UNKNOWN],
    ["no answer and a refusal", ["lost", jsonError("AccessDenied", {}, 403)], UNKNOWN],
    ["no answer and throttling", ["lost", jsonError("RequestThrottled")], UNKNOWN],
    ["throttling", [jsonError("RequestThrottled")], retry("SINK_THROTTLED")],
    ["throttling by the key", [jsonError("KmsThrottled")], retry("SINK_THROTTLED")],
  ])("tells of %s", async (_, script, outcome) => {
    expect(await queueOver(new AwsDouble(...script)).send([message("a")])).toEqual([outcome]);
  });

  it("asks the region's endpoint, whatever host the queue's URL names", async () => {
    const double = new AwsDouble(answer(200));
    await queueOver(double).send([message("a")]);
    expect(double.requests[0]?.hostname).toBe("sqs.eu-central-1.amazonaws.com");
  });

  it.each([
    ["10 messages", Array.from({ length: 25 }, () => 1), [10, 10, 5]],
    ["1 MiB", [400_000, 400_000, 400_000, 1], [2, 2]],
  ])("puts at most %s into a request", async (_, sizes, expected) => {
    const double = new AwsDouble(answer(200));
    await queueOver(double).send(sizes.map((bytes) => message("x".repeat(bytes))));
    const counts = double.inputs.map((input) => (input as { Entries: unknown[] }).Entries.length);
    expect(counts).toEqual(expected);
  });

  it("waits where it is not let in, and tells why without the service's message", async () => {
    const refusals: string[] = [];
    const denied = new AwsDouble(jsonError("AccessDenied", {}, 403));
    const queue = queueOver(denied, ({ message: text }) => void refusals.push(text));
    expect(await queue.send([message("a")])).toEqual([retry("SINK_DENIED", 60_000)]);
    expect(refusals).toEqual(["expected the queue to take the request, got AccessDenied 403"]);
  });

  it("rejects no message for a key that may not be used", async () => {
    const Failed = [{ Id: "0", SenderFault: true, Code: "KMS.AccessDeniedException" }];
    const double = new AwsDouble(answer(200, { Failed }));
    expect(await queueOver(double).send([message("a")])).toEqual([retry("SINK_DENIED", 60_000)]);
  });

  it("halves a batch that is too large until the message that is stands alone", async () => {
    const double = new AwsDouble(
      jsonError("BatchRequestTooLong"),
      answer(200, { Successful: [taken("0", "a"), taken("1", "b")] }),
      jsonError("BatchRequestTooLong"),
      jsonError("BatchRequestTooLong"),
      answer(200, { Successful: [taken("3", "d")] }),
    );
    expect(await queueOver(double).send(["a", "b", "c", "d"].map((body) => message(body)))).toEqual([
      OK,
      OK,
      rejected("TOO_LARGE"),
      OK,
    ]);
  });

  it("sends nothing after the deadline", async () => {
    const double = new AwsDouble(answer(200));
    const nowMs = double.clock.nowMs();
    expect(await queueOver(double).send([message("a")], nowMs)).toEqual([retry("SINK_THROTTLED")]);
    expect(double.requests).toEqual([]);
  });
});

function message(body: string, rest: Partial<Message> = {}): Message {
  return { body, attributes: {}, ...rest };
}

function queueOver({ aws }: AwsDouble, onRefused: (refusal: Error) => void = () => undefined) {
  return createSqsQueue({ sqs: aws.open(SQSClient, "eu-central-1"), ask: aws.ask, url: URL, onRefused });
}
