import { describe, expect, it } from "vitest";
import type { Delivery, Sink } from "#delivery";
import { DELIVERED, rejected, retry } from "#delivery";
import { OK, UNKNOWN } from "#delivery/answer";
import { countUnknown } from "#delivery/protocols/count-unknown";
import { inPortions } from "#delivery/protocols/in-portions";
import { refuseFirst } from "#delivery/protocols/refuse-first";
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

describe("inPortions", () => {
  it("delivers portion by portion", async () => {
    const { sink, batches } = sinkDouble();
    const clock = createManualClock(0);
    expect(await inPortions(sink, { clock, size: 2, portionMs: 10 }).deliver(BATCH, 10)).toHaveLength(5);
    expect(batches).toEqual([["a", "b"], ["c", "d"], ["e"]]);
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
