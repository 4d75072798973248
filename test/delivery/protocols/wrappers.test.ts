import { describe, expect, it } from "vitest";
import type { Delivery, Outcome, Sink } from "#delivery";
import { DELIVERED, rejected, retry } from "#delivery";
import { OK, UNKNOWN } from "#delivery/answer";
import { countUnknown } from "#delivery/protocols/count-unknown";
import { inPortions } from "#delivery/protocols/in-portions";
import { probeFirst } from "#delivery/protocols/probe-first";
import { refuseFirst } from "#delivery/protocols/refuse-first";
import { withinHorizon } from "#delivery/protocols/within-horizon";
import { deliveryOf } from "#support/deliveries";
import { createManualClock } from "#support/manual-clock";

const BATCH = ["a", "b", "c", "d", "e"].map((name) => deliveryOf(name));

describe("refuseFirst", () => {
  it("refuses some and passes the others on, each answer in its place", async () => {
    const { sink, batches } = sinkDouble();
    const refusing = refuseFirst(sink, (delivery) => (nameOf(delivery) < "c" ? rejected("NO_ENTITY") : undefined));
    const settled = await refusing.deliver(BATCH, 1);
    expect(settled).toEqual([rejected("NO_ENTITY"), rejected("NO_ENTITY"), DELIVERED, DELIVERED, DELIVERED]);
    expect(batches).toEqual([["c", "d", "e"]]);
  });

  it("asks the sink for nothing when nothing is left", async () => {
    const { sink, batches } = sinkDouble();
    await refuseFirst(sink, () => rejected("NO_ENTITY")).deliver(BATCH, 1);
    expect(batches).toEqual([]);
  });
});

describe("withinHorizon", () => {
  it("takes what the ledger remembers for as long as a worker may live, and refuses what is a millisecond older", async () => {
    const { sink, batches } = sinkDouble();
    const horizon = { clock: createManualClock(1_000_000), rememberMs: 100_000, marginMs: 30_000 };
    const [at, older] = [930_000, 929_999].map((timeMs) => deliveryOf(String(timeMs), { timeMs })) as [
      Delivery,
      Delivery,
    ];
    const settled = await withinHorizon(sink, horizon).deliver([at, older], 1);
    expect(settled).toEqual([DELIVERED, rejected("OLDER_THAN_LEDGER")]);
    expect(batches).toEqual([["930000"]]);
  });
});

describe("inPortions", () => {
  it("delivers portion by portion", async () => {
    const { sink, batches } = sinkDouble();
    const clock = createManualClock(0);
    expect(await inPortions(sink, { clock, size: 2, portionMs: 10 }).deliver(BATCH, 10)).toHaveLength(5);
    expect(batches).toEqual([["a", "b"], ["c", "d"], ["e"]]);
  });

  it("gives no delivery another's outcome where two portions make up for each other", async () => {
    const answers = [[DELIVERED], [DELIVERED, DELIVERED, DELIVERED]];
    const sink: Sink = { deliver: async () => answers.shift() ?? [] };
    const portions = { clock: createManualClock(0), size: 2, portionMs: 10 };
    await expect(inPortions(sink, portions).deliver(BATCH.slice(0, 4), 10)).rejects.toThrow(RangeError);
  });

  it("begins no portion that might not end in time", async () => {
    const clock = createManualClock(0);
    const { sink, batches } = sinkDouble(() => clock.advance(60));
    const settled = await inPortions(sink, { clock, size: 2, portionMs: 50 }).deliver(BATCH, 120);
    expect(settled).toEqual([DELIVERED, DELIVERED, DELIVERED, DELIVERED, retry("OUT_OF_TIME")]);
    expect(batches).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });
});

describe("probeFirst", () => {
  const DOWN = retry("SINK_DENIED", 60_000);
  const probing = { random: (length: number) => new Uint8Array(length).fill(2), probeMs: 10 };

  it("asks a sink that took nothing with one delivery, and gives the others back for the same reason", async () => {
    const { sink, batches, said } = probed(DOWN);
    expect(await sink.deliver(BATCH, 99)).toEqual(BATCH.map(() => DOWN));
    expect(await sink.deliver(BATCH, 99)).toEqual(
      [0, 1, 2, 3, 4].map((at) => (at === 3 ? DOWN : retry("SINK_DENIED"))),
    );
    said.outcome = DELIVERED;
    expect(await sink.deliver(BATCH, 99)).toEqual(BATCH.map(() => DELIVERED));
    expect(await sink.deliver(BATCH, 99)).toEqual(BATCH.map(() => DELIVERED));
    const all = ["a", "b", "c", "d", "e"];
    expect(batches).toEqual([all, ["d"], ["d"], ["a", "b", "c", "e"], all]);
  });

  it("gives a probe less time than a batch, and never more than there is", async () => {
    const { sink, deadlines } = probed(DOWN);
    for (const deadlineMs of [99, 99, 7]) await sink.deliver(BATCH, deadlineMs);
    await sink.deliver(BATCH.slice(0, 1), 99);
    expect(await sink.deliver([], 99)).toEqual([]);
    expect(deadlines).toEqual([99, 10, 7, 10, 99]);
  });

  it("is told by a sink that throws, too", async () => {
    const { sink, batches, said } = probed("throws");
    await expect(sink.deliver(BATCH, 99)).rejects.toThrow("broken");
    await expect(sink.deliver(BATCH, 99)).rejects.toThrow("broken");
    said.outcome = DOWN;
    expect((await sink.deliver(BATCH, 99)).map(({ kind }) => kind)).toEqual(BATCH.map(() => "retry"));
    expect(batches.map(({ length }) => length)).toEqual([5, 1, 1]);
  });

  it.each([
    ["no answer", []],
    ["a hole", new Array<Outcome>(1)],
    ["an answer too many", [DELIVERED, DELIVERED]],
  ])("takes %s to its one delivery for a failure, and the sink for down", async (_, answers) => {
    const { sink, batches, said } = probed(DOWN);
    await sink.deliver(BATCH, 99);
    said.answers = answers;
    for (let n = 0; n < 2; n++) await expect(sink.deliver(BATCH, 99)).rejects.toThrow(RangeError);
    expect(batches.map(({ length }) => length)).toEqual([5, 1, 1]);
  });

  it.each([
    "LEDGER_UNKNOWN",
    "OUT_OF_TIME",
    "SINK_DENIED",
    "SINK_FAILED",
    "SINK_THROTTLED",
    "SINK_UNKNOWN",
    "STORE_UNKNOWN",
  ] as const)("takes a sink that says %s for down", async (code) => {
    const { sink, batches } = probed(retry(code));
    for (let n = 0; n < 2; n++) expect(await sink.deliver(BATCH, 99)).toEqual(BATCH.map(() => retry(code)));
    expect(batches.map(({ length }) => length)).toEqual([5, 1]);
  });

  it.each([
    ["claimed by others", retry("CLAIMED_ELSEWHERE")],
    ["rejected", rejected("SINK_REFUSED")],
    ["duplicates", { kind: "skipped", reason: "duplicate" } as const],
  ])("takes no sink for down that finds everything %s", async (_, outcome) => {
    const { sink, batches } = probed(outcome);
    await sink.deliver(BATCH, 99);
    await sink.deliver(BATCH, 99);
    expect(batches.map(({ length }) => length)).toEqual([5, 5]);
  });

  it("goes on where its one delivery says nothing of the sink, and asks first again", async () => {
    const { sink, batches, said } = probed(DOWN);
    for (const outcome of [DOWN, retry("CLAIMED_ELSEWHERE"), DOWN]) {
      said.outcome = outcome;
      await sink.deliver(BATCH, 99);
    }
    expect(batches.map(({ length }) => length)).toEqual([5, 1, 4, 1]);
  });

  it("answers for a batch of one as the sink does", async () => {
    const { sink, batches } = probed(DOWN);
    for (let n = 0; n < 2; n++) expect(await sink.deliver(BATCH.slice(0, 1), 99)).toEqual([DOWN]);
    expect(batches).toEqual([["a"], ["a"]]);
  });

  it("takes a sink for down where others' leases hide all but one, and for up where it refuses a document", async () => {
    const { sink, batches, said } = probed(retry("CLAIMED_ELSEWHERE"));
    said.first = retry("OUT_OF_TIME");
    await sink.deliver(BATCH, 99);
    said.outcome = rejected("SINK_REFUSED");
    said.first = rejected("SINK_REFUSED");
    await sink.deliver(BATCH, 99);
    await sink.deliver(BATCH, 99);
    expect(batches.map(({ length }) => length)).toEqual([5, 1, 4, 5]);
  });

  it("takes no sink for down that takes a part", async () => {
    const { sink, batches, said } = probed(DELIVERED);
    said.first = DOWN;
    await sink.deliver(BATCH, 99);
    await sink.deliver(BATCH, 99);
    expect(batches.map(({ length }) => length)).toEqual([5, 5]);
  });

  function probed(outcome: Outcome | "throws") {
    const said: { outcome: Outcome | "throws"; first?: Outcome; answers?: readonly Outcome[] } = { outcome };
    const batches: string[][] = [];
    const deadlines: number[] = [];
    const inner: Sink = {
      async deliver(batch, deadlineMs) {
        batches.push(batch.map(nameOf));
        deadlines.push(deadlineMs);
        const { outcome: all, first, answers } = said;
        if (answers !== undefined) return answers;
        if (all === "throws") throw new Error("broken");
        return batch.map((_, at) => (at === 0 ? (first ?? all) : all));
      },
    };
    return { sink: probeFirst(inner, { clock: createManualClock(0), ...probing }), batches, deadlines, said };
  }
});

describe("countUnknown", () => {
  it("tells of writes whose outcome nobody knows, and changes nothing", async () => {
    let unknown = 0;
    const ledger = countUnknown(
      { insert: async () => UNKNOWN, replace: async () => OK, advance: async () => UNKNOWN },
      () => {
        unknown++;
      },
    );
    const key = { processor: "LAKE", generation: "g1", id: "a" };
    const claim = { fence: "f", state: "done", leaseUntilMs: 0, expiresMs: 0 } as const;
    expect(await ledger.insert(key, claim)).toEqual(UNKNOWN);
    expect(await ledger.replace(key, claim, { fence: "f" })).toEqual(OK);
    expect(await ledger.advance(key, claim, { orderBelow: "1", nowMs: 0 })).toEqual(UNKNOWN);
    expect(unknown).toBe(2);
  });
});

/** A sink that takes everything and remembers the names. */
function sinkDouble(onDeliver = () => {}) {
  const batches: string[][] = [];
  const sink: Sink = {
    async deliver(batch) {
      batches.push(batch.map(nameOf));
      onDeliver();
      return batch.map(() => DELIVERED);
    },
  };
  return { sink, batches };
}

function nameOf({ payload }: Delivery): string {
  return JSON.parse(Buffer.from(payload).toString()).name;
}
