import { describe, expect, it } from "vitest";
import { compactDirectory } from "#delivery/directory/compact/compact-directory";
import type { Files } from "#delivery/directory/files";
import { foldersOf } from "#delivery/directory/folders";
import { inspectDirectory } from "#delivery/directory/inspect/inspect-directory";
import { EVENT_TIME_MS } from "#support/deliveries";
import { times } from "#support/depth";
import { ALONE, BATCHES, contentOf, expectedContent, OUT, openOut, runAll, sorted } from "#support/directory-run";
import { Crash, createMemoryDisk, type MemoryDisk } from "#support/memory-files";
import { createDraw } from "#support/seeded-random";

const LONG_AFTER = EVENT_TIME_MS + 365 * 24 * 3_600_000;
const WHOLE = sorted(expectedContent());

const compact = (files: Files, nowMs = LONG_AFTER) =>
  compactDirectory({ files, processes: ALONE, directory: OUT, nowMs });

const partsOf = (disk: MemoryDisk) =>
  [...disk.filesBelow(OUT).keys()].filter((path) => path.includes("LAKE_OF_PARTS/dt="));

/** A directory that a run per batch has left: an object per hour and run. */
async function makeDisk(): Promise<MemoryDisk> {
  const disk = createMemoryDisk();
  for (const batch of BATCHES) await runAll(await openOut(disk.mount()), undefined, [batch]);
  return disk;
}

const findingsOf = async (disk: MemoryDisk) =>
  (await inspectDirectory({ files: disk.mount(), folders: foldersOf(OUT), contents: true })).findings;

describe("a compaction", async () => {
  const before = await makeDisk();

  it("leaves one object per hour, with what was in them, and nothing to do", async () => {
    const disk = before.copy();
    const count = partsOf(disk).length;
    const merged = await compact(disk.mount());
    const hours = new Set(partsOf(disk).map((path) => path.slice(0, path.lastIndexOf("/"))));
    expect(partsOf(disk)).toHaveLength(hours.size);
    expect(count).toBeGreaterThan(hours.size);
    expect(count - merged.replaced + merged.merged).toBe(hours.size);
    expect(sorted(contentOf(disk.filesBelow(OUT)))).toEqual(WHOLE);
    expect(await findingsOf(disk)).toEqual([]);
    expect(await compact(disk.mount())).toEqual({ replaced: 0, merged: 0 });
  });

  it("does nothing inside the horizon", async () => {
    const disk = before.copy();
    expect(await compact(disk.mount(), EVENT_TIME_MS)).toEqual({ replaced: 0, merged: 0 });
  });

  it("is no reason for a later run to deliver anything again", async () => {
    const disk = before.copy();
    await compact(disk.mount());
    await runAll(await openOut(disk.mount()));
    expect(sorted(contentOf(disk.filesBelow(OUT)))).toEqual(WHOLE);
    expect(await findingsOf(disk)).toEqual([]);
  });

  it("loses and doubles nothing, whenever it dies and whatever the machine forgot, once somebody opens it", async () => {
    const counting = before.copy();
    const files = counting.mount();
    await compact(files);
    const effects = counting.effects();
    const survivals = [
      "everything" as const,
      "nothing" as const,
      ...Array.from({ length: times({ few: 1, deep: 4 }) }, (_, number) => createDraw(`compact ${number}`)),
    ];
    for (let effect = 1; effect <= effects; effect++) {
      for (const [number, survival] of survivals.entries()) {
        const disk = before.copy();
        disk.crashAt(effect);
        await compact(disk.mount()).catch((error) => {
          if (!(error instanceof Crash)) throw error;
        });
        disk.crash(survival);
        const again = disk.copy();
        const at = `died in effect ${effect}, survival ${number}`;
        await runAll(await openOut(disk.mount()), undefined, []);
        expect({ at, ...sorted(contentOf(disk.filesBelow(OUT))) }).toEqual({ at, ...WHOLE });
        expect({ at, findings: await findingsOf(disk) }).toEqual({ at, findings: [] });
        await compact(again.mount());
        expect({ at, ...sorted(contentOf(again.filesBelow(OUT))) }).toEqual({ at, ...WHOLE });
      }
    }
  });

  it("refuses a directory with damage", async () => {
    const disk = before.copy();
    const [part = ""] = partsOf(disk);
    disk.overwrite(part, (bytes) => Uint8Array.from(bytes, (byte, at) => (at === 5 ? byte ^ 1 : byte)));
    await expect(compact(disk.mount())).rejects.toMatchObject({ code: "OUTPUT_DAMAGED" });
  });

  it("refuses what is no output", async () => {
    await expect(compact(createMemoryDisk().mount())).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  });
});
