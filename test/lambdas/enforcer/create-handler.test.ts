import { describe, expect, it } from "vitest";
import type { Held, Incoming, Outcome } from "#delivery";
import type { Unfinished } from "#delivery/give-back";
import { DeliveryError } from "#errors";
import type { Channel } from "#feeds";
import { createHandler, type HandlerParts } from "#lambdas/enforcer/create-handler";
import type { Observer } from "#lambdas/enforcer/observer";

const NOW_MS = 1_790_000_000_000;
const DELIVERED: Outcome = { kind: "delivered", drops: [] };
const CHANNEL = { kind: "partner_bus", feeds: ["AUTH0_EVENTS"] } as const;

describe("a batch of a queue", () => {
  it("names the messages that are not done with, and gives them back for as long as their outcome says", async () => {
    const lambda = lambdaOf([DELIVERED, retry(30_500), { kind: "skipped", reason: "duplicate" }, retry()]);
    expect(await lambda.invoke(batchOf(["a", 1], ["b", 1], ["c", 1], ["d", 3]))).toEqual({
      batchItemFailures: [{ itemIdentifier: "b" }, { itemIdentifier: "d" }],
    });
    expect(lambda.givenBack).toEqual([
      { id: "b", receipt: "receipt b", afterMs: 30_500 },
      { id: "d", receipt: "receipt d", afterMs: 20_000 },
    ]);
  });

  it.each<readonly [string, Outcome]>([
    ["delivered", DELIVERED],
    ["skipped", { kind: "skipped", reason: "not_subscribed" }],
    ["in quarantine", { kind: "rejected", code: "INVALID_JSON" }],
  ])("is done with what is %s", async (_, outcome) => {
    const lambda = lambdaOf([outcome]);
    expect(await lambda.invoke(batchOf(["a", 1]))).toEqual({ batchItemFailures: [] });
  });

  it("tells how much it gives back, since when the oldest waits, and why", async () => {
    const lambda = lambdaOf([DELIVERED, retry(), { kind: "retry", code: "SINK_DENIED" }]);
    const [a, b, c] = batchOf(["a", 1], ["b", 1], ["c", 1]).Records;
    const sentAt = (since: number) => ({ SentTimestamp: String(NOW_MS - since) });
    await lambda.invoke({
      Records: [
        { ...a, attributes: sentAt(9_000) },
        { ...b, attributes: sentAt(5_000) },
        { ...c, attributes: sentAt(7_000) },
      ],
    });
    expect(lambda.held).toEqual([{ count: 2, oldestMs: 7_000, why: { CLAIMED_ELSEWHERE: 1, SINK_DENIED: 1 } }]);
  });

  it("answers for an empty batch", async () => {
    expect(await lambdaOf([]).invoke({ Records: [] })).toEqual({ batchItemFailures: [] });
  });

  it("leaves time before the function ends for giving back", async () => {
    const lambda = lambdaOf([DELIVERED]);
    await lambda.invoke(batchOf(["a", 1]), 60_000);
    expect(lambda.deadlines).toEqual([NOW_MS + 56_000]);
  });

  it("gives everything back when the pipeline fails, and logs no message that is not ours", async () => {
    const failure = new SyntaxError('Unexpected token in "ann@example.com"');
    const lambda = lambdaOf(failure);
    expect(await lambda.invoke(batchOf(["a", 1], ["b", 1]))).toEqual({
      batchItemFailures: [{ itemIdentifier: "a" }, { itemIdentifier: "b" }],
    });
    expect(lambda.failures).toEqual([failure]);
    expect(lambda.observed).toEqual([
      [
        { kind: "retry", code: "SINK_FAILED" },
        { kind: "retry", code: "SINK_FAILED" },
      ],
    ]);
  });

  it("is not done with a batch of which the pipeline leaves an event out, and reports it", async () => {
    const lambda = lambdaOf([DELIVERED]);
    const both = { batchItemFailures: [{ itemIdentifier: "a" }, { itemIdentifier: "b" }] };
    expect(await lambda.invoke(batchOf(["a", 1], ["b", 1]))).toEqual(both);
    expect(lambda.failures).toEqual([expect.any(RangeError)]);
  });

  it("keeps what is no event in the batch, for the quarantine", async () => {
    const lambda = lambdaOf([DELIVERED]);
    await lambda.invoke({ Records: [{ ...record("a", 1), body: "no JSON" }] });
    expect(lambda.processed).toMatchObject([{ malformed: "INVALID_JSON" }]);
  });
});

describe("a record that the reader cannot stand", () => {
  it("is quarantined alone: its neighbours go on", async () => {
    const lambda = lambdaOf([DELIVERED, DELIVERED], throwingOnce());
    expect(await lambda.invoke(batchOf(["a", 1], ["b", 1]))).toEqual({ batchItemFailures: [] });
    expect(lambda.processed).toMatchObject([{ malformed: "NOT_AN_EVENT" }, { sourceId: "evt_1" }]);
    expect(lambda.failures).toEqual([new RangeError("too deep")]);
  });

  /** A channel on which reading the first record throws. */
  function throwingOnce(): Channel {
    let isRead = false;
    const get = () => {
      if (isRead) return CHANNEL.feeds;
      isRead = true;
      throw new RangeError("too deep");
    };
    return Object.defineProperty({ ...CHANNEL }, "feeds", { get, enumerable: true });
  }
});

describe("a direct invocation", () => {
  it("takes the event as a record", async () => {
    const lambda = lambdaOf([DELIVERED]);
    expect(await lambda.invoke(EVENT)).toBeUndefined();
    expect(lambda.processed).toMatchObject([{ sourceId: "evt_1", type: "user.created" }]);
  });

  it("fails when the event must be tried again, by code", async () => {
    await expect(lambdaOf([retry(1_000)]).invoke(EVENT)).rejects.toThrow(
      "expected the event to be delivered, got CLAIMED_ELSEWHERE: it is tried again",
    );
  });

  it("fails with a code of ours when the pipeline fails", async () => {
    const lambda = lambdaOf(new DeliveryError("SINK_DENIED", "expected a, got b", { retryable: true }));
    await expect(lambda.invoke(EVENT)).rejects.toThrow(
      "expected the event to be delivered, got SINK_DENIED: it is tried again",
    );
    const other = lambdaOf(new TypeError("quotes ann@example.com"));
    await expect(other.invoke(EVENT)).rejects.toThrow("expected the event to be delivered, got SINK_FAILED");
  });

  it.each([undefined, null, 7, "text", { Records: [{ eventSource: "aws:s3" }] }])(
    "takes %j for a record too, which is no event",
    async (event) => {
      const lambda = lambdaOf([{ kind: "rejected", code: "NOT_AN_EVENT" }]);
      expect(await lambda.invoke(event)).toBeUndefined();
      expect(lambda.processed).toHaveLength(1);
    },
  );
});

const EVENT = {
  version: "0",
  id: "00000000-0000-4000-8000-000000000000",
  "detail-type": "Auth0 event",
  source: "aws.partner/auth0.com/acme-1/auth0.events",
  detail: { id: "evt_1", type: "user.created", time: "2026-03-01T12:00:00.000Z", data: { object: {} } },
};

function retry(afterMs?: number): Outcome {
  return { kind: "retry", code: "CLAIMED_ELSEWHERE", ...(afterMs !== undefined && { afterMs }) };
}

function record(id: string, receives: number) {
  return {
    eventSource: "aws:sqs",
    messageId: id,
    receiptHandle: `receipt ${id}`,
    body: JSON.stringify(EVENT),
    attributes: { ApproximateReceiveCount: String(receives) },
  };
}

function batchOf(...messages: readonly (readonly [id: string, receives: number])[]) {
  return { Records: messages.map(([id, receives]) => record(id, receives)) };
}

/** A handler over a pipeline that gives these outcomes, one for each record, or fails. */
function lambdaOf(script: readonly Outcome[] | Error, channel: Channel = CHANNEL) {
  const seen = {
    processed: [] as Incoming[],
    deadlines: [] as (number | undefined)[],
    givenBack: [] as Unfinished[],
    failures: [] as unknown[],
    held: [] as Held[],
    observed: [] as (readonly Outcome[])[],
  };
  const observer: Observer = {
    onBatch: (outcomes) => void seen.observed.push(outcomes),
    onFailure: (failure) => void seen.failures.push(failure),
    onHeld: (held) => void seen.held.push(held),
    onLedgerUnknown: () => undefined,
  };
  const parts: HandlerParts = {
    pipeline: {
      async process(batch, deadlineMs) {
        seen.processed.push(...batch);
        seen.deadlines.push(deadlineMs);
        if (script instanceof Error) throw script;
        return batch
          .slice(0, script.length)
          .map((record, at) => ({ record, subjects: [], outcomes: script.slice(at, at + 1) }));
      },
    },
    channel,
    giveBack: async (messages) => void seen.givenBack.push(...messages),
    observer,
    clock: { nowMs: () => NOW_MS },
    random: (length) => new Uint8Array(length).fill(255),
  };
  const handle = createHandler(parts);
  const invoke = (event: unknown, remainingMs = 30_000) =>
    handle(event, { getRemainingTimeInMillis: () => remainingMs });
  return { ...seen, invoke };
}
