import { describe, expect, it } from "vitest";
import { DELIVERED, type Delivery, DUPLICATE, rejected } from "#delivery";
import { type GroupLimits, openGroupedLake } from "#delivery/directory/grouped-lake";
import { GROUPS } from "#delivery/directory/open-sink";
import { deliveryOf, EVENT_TIME_MS } from "#support/deliveries";
import { LAKE, OUT, openOut } from "#support/directory-run";
import { createMemoryDisk, type MemoryDisk } from "#support/memory-files";
import { createDraw } from "#support/seeded-random";

const HOUR_MS = 3_600_000;

function eventAt(hour: number, name: string): Delivery {
  return deliveryOf(name, { timeMs: EVENT_TIME_MS + hour * HOUR_MS });
}

function shuffled(hours: number, count: number): readonly Delivery[] {
  const draw = createDraw("hours");
  return Array.from({ length: count }, (_, number) => eventAt(draw(hours), `event ${number}`));
}

/** Lines of each lake object, by its path. */
function objectsOf(disk: MemoryDisk): ReadonlyMap<string, readonly string[]> {
  const objects = [...disk.filesBelow(`${OUT}/LAKE_OF_PARTS`)];
  return new Map(objects.map(([path, text]) => [path, text.split("\n").slice(0, -1)]));
}

const spillOf = (disk: MemoryDisk) => disk.filesBelow(`${OUT}/.shield/temporary`);

async function deliver(disk: MemoryDisk, events: readonly Delivery[], batch: number) {
  const directory = await openOut(disk.mount(), { plans: [LAKE] });
  const outcomes = [];
  for (let start = 0; start < events.length; start += batch)
    outcomes.push(
      await directory.outlets[0]?.sink.deliver(events.slice(start, start + batch), Number.POSITIVE_INFINITY),
    );
  return { directory, outcomes: outcomes.flat() };
}

describe("a lake in a directory", () => {
  it("gathers the events of an hour in one object, however they come", async () => {
    const disk = createMemoryDisk();
    const { directory } = await deliver(disk, shuffled(7, 400), 20);
    expect(objectsOf(disk).size).toBe(0);
    await directory.publish();
    await directory.close();
    expect(objectsOf(disk).size).toBe(7);
    expect(new Set([...objectsOf(disk).values()].flat()).size).toBe(400);
    expect(spillOf(disk).size).toBe(0);
  });

  it("closes an object that is full, and leaves one event too many to the next", async () => {
    const written: number[] = [];
    const lake = {
      async deliver(batch: readonly Delivery[]) {
        written.push(batch.length);
        return batch.map(() => DELIVERED);
      },
    };
    const open = async (limits: Partial<GroupLimits>) => {
      const files = createMemoryDisk().mount();
      await files.makeDirectory("/spilled");
      const layout = { prepare: () => ({ partition: "p", row: undefined }) };
      return openGroupedLake({
        ...{ files, layout, lake, spill: "/spilled/lake", journal: { has: () => false }, hasType: false },
        limits: { ...GROUPS, ...limits },
        forgetSpill: async () => undefined,
      });
    };
    for (const { limits, sizes } of [
      { limits: { events: 3 }, sizes: [3, 3, 1] },
      { limits: { bytes: 2 * '{"name":"event 0"}'.length }, sizes: [2, 2, 2, 1] },
      { limits: { spillBytes: 1 }, sizes: [1, 1, 1, 1, 1, 1, 1] },
    ]) {
      written.length = 0;
      const grouped = await open(limits);
      for (const event of shuffled(1, 7)) await grouped.deliver([event], Number.POSITIVE_INFINITY);
      await grouped.publish();
      expect(written).toEqual(sizes);
    }
  });

  it("has objects of up to 50,000 events and 24 MiB", () => {
    expect(GROUPS).toEqual({ events: 50_000, bytes: 25_165_824, spillBytes: 34_359_738_368 });
  });

  it("knows what it holds, and what it has written", async () => {
    const disk = createMemoryDisk();
    const { directory, outcomes } = await deliver(disk, [eventAt(0, "a"), eventAt(1, "b"), eventAt(0, "a")], 1);
    expect(outcomes).toEqual([DELIVERED, DELIVERED, DUPLICATE]);
    await directory.publish();
    await directory.close();
    expect((await deliver(disk, [eventAt(0, "a"), eventAt(0, "c")], 2)).outcomes).toEqual([DUPLICATE, DELIVERED]);
  });

  it("rejects what no object can hold before anything of it is kept", async () => {
    const disk = createMemoryDisk();
    const { outcomes } = await deliver(disk, [{ ...eventAt(0, "a"), timeMs: Number.NaN }], 1);
    expect(outcomes).toEqual([rejected("TIME_OUT_OF_RANGE")]);
    expect(spillOf(disk).size).toBe(0);
  });

  it("takes up what a run has left, whether or not it died", async () => {
    for (const end of ["died", "closed"]) {
      const disk = createMemoryDisk();
      const { directory } = await deliver(disk, [eventAt(0, "a"), eventAt(1, "b")], 1);
      if (end === "closed") await directory.close();
      disk.crash("nothing");
      const next = await deliver(disk, [eventAt(0, "a"), eventAt(0, "c")], 2);
      expect({ end, outcomes: next.outcomes }).toEqual({ end, outcomes: [DUPLICATE, DELIVERED] });
      await next.directory.publish();
      await next.directory.close();
      expect([...objectsOf(disk).values()].flat().sort()).toEqual(['{"name":"a"}', '{"name":"b"}', '{"name":"c"}']);
    }
  });

  it("keeps what waits for a processor that does not run this time", async () => {
    const disk = createMemoryDisk();
    await (await deliver(disk, [eventAt(0, "a")], 1)).directory.close();
    await (await openOut(disk.mount(), { plans: [] })).close();
    const { directory } = await deliver(disk, [], 1);
    await directory.publish();
    expect([...objectsOf(disk).values()]).toEqual([['{"name":"a"}']]);
  });

  it("refuses to go on without what waits", async () => {
    const disk = createMemoryDisk();
    await (await deliver(disk, [eventAt(0, "a")], 1)).directory.close();
    for (const path of spillOf(disk).keys()) await disk.mount().remove(path);
    await expect(openOut(disk.mount(), { plans: [LAKE] })).rejects.toThrow("LAKE_OF_PARTS.spill, got no file");
  });
});
