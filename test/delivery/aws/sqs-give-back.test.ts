import { describe, expect, it } from "vitest";
import { createSqsGiveBack } from "#delivery/aws/sqs-give-back";
import { answer, ServiceDouble } from "./service-double.ts";

describe("createSqsGiveBack", () => {
  it.each([
    ["whole seconds, rounded up", 1_001, 2],
    ["at once", 0, 0],
    ["at most eleven hours", 86_400_000, 39_600],
  ])("changes the visibility to %s", async (_, afterMs, seconds) => {
    const double = new ServiceDouble(answer(200));
    await giveBackOver(double)([{ receipt: "r", afterMs }]);
    expect(double.inputs).toEqual([
      { QueueUrl: "url", Entries: [{ Id: "0", ReceiptHandle: "r", VisibilityTimeout: seconds }] },
    ]);
  });

  it("puts at most ten messages into a request", async () => {
    const double = new ServiceDouble(answer(200));
    await giveBackOver(double)(Array.from({ length: 21 }, (_, n) => ({ receipt: `r${n}`, afterMs: 0 })));
    expect(double.inputs.map((input) => (input as { Entries: unknown[] }).Entries.length)).toEqual([10, 10, 1]);
  });

  it("asks for nothing when there is nothing to give back", async () => {
    const double = new ServiceDouble(answer(200));
    await giveBackOver(double)([]);
    expect(double.requests).toEqual([]);
  });

  it.each([undefined, answer(403), answer(500)])("leaves what fails as it is: %j", async (response) => {
    await expect(giveBackOver(new ServiceDouble(response))([{ receipt: "r", afterMs: 1 }])).resolves.toBeUndefined();
  });
});

function giveBackOver(double: ServiceDouble) {
  return createSqsGiveBack({ sqs: double.service, url: "url" });
}
