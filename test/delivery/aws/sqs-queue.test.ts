import { describe, expect, it } from "vitest";
import { rejected, retry } from "#delivery";
import { OK, UNKNOWN } from "#delivery/answer";
import type { HttpResponse } from "#delivery/aws/http";
import { createSqsQueue } from "#delivery/aws/sqs-queue";
import type { Message } from "#delivery/queue";
import { answer, ServiceDouble } from "./service-double.ts";

const URL = "https://sqs.eu-west-1.amazonaws.com/111111111111/events.fifo";

describe("createSqsQueue", () => {
  it("sends messages with their group, dedup id and attributes", async () => {
    const double = new ServiceDouble(answer(200, { Successful: [{ Id: "0" }] }));
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
    const double = new ServiceDouble(answer(200, { Successful: [{ Id: "0" }] }));
    await queueOver(double).send([message('{"name":"a\uffffb\ufffec"}')]);
    expect(double.inputs).toMatchObject([{ Entries: [{ MessageBody: '{"name":"a\\uffffb\\ufffec"}' }] }]);
  });

  it("tells for each message how it went", async () => {
    const Failed = [
      { Id: "1", SenderFault: true },
      { Id: "2", SenderFault: false },
    ];
    const double = new ServiceDouble(answer(200, { Successful: [{ Id: "0" }], Failed }));
    expect(await queueOver(double).send(["a", "b", "c", "d"].map((body) => message(body)))).toEqual([
      OK,
      rejected("SINK_REFUSED"),
      retry("SINK_THROTTLED"),
      UNKNOWN,
    ]);
  });

  it.each<readonly [string, HttpResponse | undefined, unknown]>([
    ["no answer", undefined, UNKNOWN],
    ["a failure of the service", answer(500), UNKNOWN],
    ["throttling", answer(400, { __type: "com.amazonaws.sqs#RequestThrottled" }), retry("SINK_THROTTLED")],
  ])("tells of %s", async (_, response, outcome) => {
    expect(await queueOver(new ServiceDouble(response)).send([message("a")])).toEqual([outcome]);
  });

  it.each([
    ["10 messages", Array.from({ length: 25 }, () => 1), [10, 10, 5]],
    ["1 MiB", [400_000, 400_000, 400_000, 1], [2, 2]],
  ])("puts at most %s into a request", async (_, sizes, expected) => {
    const double = new ServiceDouble(answer(200));
    await queueOver(double).send(sizes.map((bytes) => message("x".repeat(bytes))));
    const counts = double.inputs.map((input) => (input as { Entries: unknown[] }).Entries.length);
    expect(counts).toEqual(expected);
  });

  it("fails when it is not let in, without the service's message", async () => {
    const denied = answer(403, { __type: "AccessDenied", message: "quotes ann@example.com" });
    await expect(queueOver(new ServiceDouble(denied)).send([message("a")])).rejects.toThrow(
      "expected the queue to take the request, got AccessDenied 403",
    );
  });
});

function message(body: string, rest: Partial<Message> = {}): Message {
  return { body, attributes: {}, ...rest };
}

function queueOver(double: ServiceDouble) {
  return createSqsQueue({ sqs: double.service, url: URL });
}
