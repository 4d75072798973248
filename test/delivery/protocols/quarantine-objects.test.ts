import { describe, expect, it } from "vitest";
import type { ObjectStore } from "#delivery";
import { DELIVERED, DUPLICATE, retry } from "#delivery";
import { UNKNOWN } from "#delivery/answer";
import { createQuarantineObjects } from "#delivery/protocols/quarantine-objects";
import { deliveryOf, idOf } from "#support/deliveries";
import { MemoryObjectStore } from "#support/memory-object-store";

const clock = { nowMs: () => 1_000 };

describe("createQuarantineObjects", () => {
  it("keeps each record under its keyed id, once", async () => {
    const objects = new MemoryObjectStore();
    const sink = createQuarantineObjects({ objects, clock });
    expect(await sink.deliver([deliveryOf("a"), deliveryOf("b")], 2_000)).toEqual([DELIVERED, DELIVERED]);
    expect(await sink.deliver([deliveryOf("a", { payload: Buffer.from("other") })], 2_000)).toEqual([DUPLICATE]);
    expect(objects.objects.map(({ key, body }) => [key, Buffer.from(body).toString()])).toEqual([
      [`${idOf("delivery a")}.json`, '{"name":"a"}'],
      [`${idOf("delivery b")}.json`, '{"name":"b"}'],
    ]);
  });

  it("gives back what the store is silent about", async () => {
    const objects: ObjectStore = { create: async () => UNKNOWN, head: async () => undefined };
    expect(await createQuarantineObjects({ objects, clock }).deliver([deliveryOf("a")], 2_000)).toEqual([
      retry("STORE_UNKNOWN"),
    ]);
  });

  it("begins nothing after the deadline", async () => {
    const objects = new MemoryObjectStore();
    expect(await createQuarantineObjects({ objects, clock }).deliver([deliveryOf("a")], 1_000)).toEqual([
      retry("OUT_OF_TIME"),
    ]);
    expect(objects.objects).toEqual([]);
  });
});
