import { SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { createSqsGiveBack } from "#delivery/aws/sqs-give-back";
import { AwsDouble, answer, jsonError } from "#support/aws-double";

describe("createSqsGiveBack", () => {
  it.each([
    ["whole seconds, rounded up", 1_001, 2],
    ["at once", 0, 0],
    ["at most eleven hours", 86_400_000, 39_600],
  ])("changes the visibility to %s", async (_, afterMs, seconds) => {
    const double = new AwsDouble(answer(200));
    await giveBackOver(double)([{ receipt: "r", afterMs }]);
    expect(double.inputs).toEqual([
      { QueueUrl: "url", Entries: [{ Id: "0", ReceiptHandle: "r", VisibilityTimeout: seconds }] },
    ]);
  });

  it("puts at most ten messages into a request", async () => {
    const double = new AwsDouble(answer(200));
    await giveBackOver(double)(Array.from({ length: 21 }, (_, n) => ({ receipt: `r${n}`, afterMs: 0 })));
    expect(double.inputs.map((input) => (input as { Entries: unknown[] }).Entries.length)).toEqual([10, 10, 1]);
  });

  it("asks for nothing when there is nothing to give back", async () => {
    const double = new AwsDouble(answer(200));
    await giveBackOver(double)([]);
    expect(double.requests).toEqual([]);
  });

  it.each(["lost", jsonError("AccessDenied", {}, 403), answer(500)] as const)(
    "leaves what fails as it is",
    async (response) => {
      await expect(giveBackOver(new AwsDouble(response))([{ receipt: "r", afterMs: 1 }])).resolves.toBeUndefined();
    },
  );
});

function giveBackOver({ aws }: AwsDouble) {
  return createSqsGiveBack({ sqs: aws.open(SQSClient, "eu-west-1"), ask: aws.ask, url: "url" });
}
