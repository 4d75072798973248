import { describe, expect, it } from "vitest";
import { DELIVERED, rejected, retry } from "#delivery";
import { OK, UNKNOWN } from "#delivery/answer";
import { createStandardQueueSink } from "#delivery/protocols/standard-queue";
import type { Message, QueueAnswer } from "#delivery/queue";
import { deliveryOf } from "#support/deliveries";

const BATCH = ["a", "b", "c", "d"].map((name) => deliveryOf(name, { attributes: { policy: "p" } }));

describe("createStandardQueueSink", () => {
  it("says of each event what became of its own message, and never calls sent what nobody knows", async () => {
    const answers: readonly QueueAnswer[] = [OK, UNKNOWN, retry("SINK_DENIED", 5), rejected("TOO_LARGE")];
    const sink = createStandardQueueSink({ queue: { send: async () => answers } });
    const [denied, large] = [retry("SINK_DENIED", 5), rejected("TOO_LARGE")];
    expect(await sink.deliver(BATCH, 1)).toEqual([DELIVERED, retry("SINK_UNKNOWN"), denied, large]);
  });

  it("sends the payload with its delivery id, by which consumers tell repetitions", async () => {
    const sent: Message[] = [];
    const send = async (messages: readonly Message[]) => {
      sent.push(...messages);
      return messages.map(() => OK);
    };
    await createStandardQueueSink({ queue: { send } }).deliver(BATCH.slice(0, 1), 1);
    const delivery_id = BATCH[0]?.deliveryId;
    expect(sent).toEqual([{ body: '{"name":"a"}', attributes: { policy: "p", delivery_id } }]);
  });
});
