import { describe, expect, it } from "vitest";
import { DELIVERED, DUPLICATE, type Outcome, retry } from "#delivery";
import type { Delivery } from "#delivery/ports";
import { deliverDistinct } from "#delivery/protocols/distinct";
import { deliveryOf } from "#support/deliveries";

const ANN = deliveryOf("ann");
const AGAIN = { ...ANN, payload: Buffer.from("again") };
const BOB = deliveryOf("bob");

describe("deliverDistinct", () => {
  it("delivers the first of each event, in the order of the batch; what comes again is a duplicate", async () => {
    const asked: Delivery[] = [];
    const outcomes = await deliverDistinct([ANN, AGAIN, BOB, AGAIN], async (distinct) => {
      asked.push(...distinct);
      return distinct.map(() => DELIVERED);
    });
    expect(asked).toEqual([ANN, BOB]);
    expect(outcomes).toEqual([DELIVERED, DUPLICATE, DELIVERED, DUPLICATE]);
  });

  it("says the same of each where the event is not delivered", async () => {
    const said: readonly Outcome[] = [retry("SINK_DENIED"), DELIVERED];
    const outcomes = await deliverDistinct([ANN, BOB, AGAIN], async () => said);
    expect(outcomes).toEqual([retry("SINK_DENIED"), DELIVERED, retry("SINK_DENIED")]);
  });

  it("refuses to give an event another's outcome", async () => {
    await expect(deliverDistinct([ANN, BOB], async () => [DELIVERED])).rejects.toThrow("expected an answer for each");
  });
});
