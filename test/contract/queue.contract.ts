import { beforeEach, describe, expect, it } from "vitest";
import { rejected } from "#delivery";
import { OK } from "#delivery/answer";
import type { Message, Queue } from "#delivery/queue";

/** What a FIFO queue under test offers beside its port. */
export interface QueueUnderTest {
  readonly queue: Queue;
  /** Takes every message out of the queue, in the order it gives them. */
  drain(): Promise<readonly Message[]>;
}

/** What every FIFO queue must do, the one in memory and the real one. */
export function queueContract(start: () => Promise<QueueUnderTest>): void {
  describe("FIFO queue contract", () => {
    let under: QueueUnderTest;
    beforeEach(async () => {
      under = await start();
    });

    it("takes a message with its group, dedup id and attributes", async () => {
      const sent = message("a", { attributes: { version: "42", policy: "p" } });
      expect(await under.queue.send([sent])).toEqual([OK]);
      expect(await under.drain()).toEqual([sent]);
    });

    it("takes a repetition and drops it", async () => {
      expect(await under.queue.send([message("a")])).toEqual([OK]);
      expect(await under.queue.send([message("a"), message("b", { group: "h" })])).toEqual([OK, OK]);
      expect((await under.drain()).map(({ dedupId }) => dedupId).toSorted()).toEqual(["a", "b"]);
    });

    it("takes more than fits into one request", async () => {
      const messages = Array.from({ length: 25 }, (_, n) => message(`m${n}`, { group: `g${n}` }));
      expect(new Set(await under.queue.send(messages))).toEqual(new Set([OK]));
      expect(await under.drain()).toHaveLength(25);
    });

    it("refuses a message over 1 MiB, and takes its neighbours", async () => {
      const large = message("large", { body: "x".repeat(1_048_577) });
      expect(await under.queue.send([message("a"), large])).toEqual([OK, rejected("TOO_LARGE")]);
    });

    it("takes nothing for nothing", async () => {
      expect(await under.queue.send([])).toEqual([]);
    });
  });
}

function message(id: string, rest: Partial<Message> = {}): Message {
  return { body: `{"id":"${id}"}`, group: "g", dedupId: id, attributes: { policy: "p" }, ...rest };
}
