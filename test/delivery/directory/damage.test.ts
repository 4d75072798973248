import { describe, expect, it } from "vitest";
import { foldersOf } from "#delivery/directory/folders";
import { inspectDirectory } from "#delivery/directory/inspect/inspect-directory";
import { ConfigError } from "#errors";
import { BATCHES, contentOf, EVENTS, expectedContent, OUT, openOut, runAll, sorted } from "#support/directory-run";
import { createMemoryDisk, type MemoryDisk } from "#support/memory-files";

type Bytes = Uint8Array | undefined;

/** A directory of two runs, the second of which had the last batch; and how it was after the first. */
async function makeDisks(batches: typeof BATCHES) {
  const before = createMemoryDisk();
  await runAll(await openOut(before.mount()), undefined, batches.slice(0, 2));
  const after = before.copy();
  await runAll(await openOut(after.mount()), undefined, batches.slice(2));
  return { before, after };
}

const { before: BEFORE, after: AFTER } = await makeDisks(BATCHES);
const { after: OTHER } = await makeDisks([...BATCHES].reverse());

/** Every file but locks, of which there are tests of their own. */
function filesOf(disk: MemoryDisk): ReadonlyMap<string, Uint8Array> {
  const paths = [...disk.filesBelow(OUT).keys()].filter((path) => !/lock-\d+$/.test(path));
  return new Map(paths.map((path) => [path, disk.read(path)]));
}

async function put(disk: MemoryDisk, path: string, bytes: Bytes): Promise<void> {
  const files = disk.mount();
  if (bytes === undefined) await files.remove(path);
  else {
    await (await files.open(path)).close();
    disk.overwrite(path, () => bytes);
  }
}

async function verify(disk: MemoryDisk) {
  return (await inspectDirectory({ files: disk.mount(), folders: foldersOf(OUT), contents: true })).findings;
}

/** Opens and runs everything; whether the directory was refused, and what it holds if not. */
async function goOn(disk: MemoryDisk) {
  try {
    await runAll(await openOut(disk.mount()));
    return sorted(contentOf(disk.filesBelow(OUT)));
  } catch (error) {
    if (error instanceof ConfigError && error.code.startsWith("OUTPUT_")) return "refused";
    throw error;
  }
}

const WHOLE = sorted(expectedContent());
const isNoticed = (after: Awaited<ReturnType<typeof goOn>>) => after === "refused" || isWhole(after);
const isWhole = (after: object) => JSON.stringify(after) === JSON.stringify(WHOLE);

const ACCIDENTS: Readonly<Record<string, (bytes: Uint8Array, at: number) => Bytes>> = {
  deleted: () => undefined,
  emptied: () => new Uint8Array(),
  cut: (bytes, at) => bytes.slice(0, Math.floor((bytes.length * at) / 8)),
  extended: (bytes) => Buffer.concat([bytes, bytes.slice(0, 7)]),
  doubled: (bytes) => Buffer.concat([bytes, bytes]),
};

describe("a directory that lost something", () => {
  it("is whole to begin with", async () => {
    const disk = AFTER.copy();
    expect(await verify(disk)).toEqual([]);
    expect(await goOn(disk)).toEqual(WHOLE);
  });

  it.each(Object.keys(ACCIDENTS))(
    "knows that any file was %s, and does not go on as if nothing was",
    async (accident) => {
      for (const [path, bytes] of filesOf(AFTER)) {
        for (let at = 1; at < 8; at++) {
          const damaged = ACCIDENTS[accident]?.(bytes, at);
          if (damaged?.length === bytes.length) continue;
          const disk = AFTER.copy();
          await put(disk, path, damaged);
          const found = (await verify(disk)).length > 0;
          expect({ path, at, found, noticed: isNoticed(await goOn(disk)) }).toEqual({
            path,
            at,
            found: true,
            noticed: true,
          });
          if (accident !== "cut") break;
        }
      }
    },
  );

  it("knows that a bit of any file was flipped", async () => {
    for (const [path, bytes] of filesOf(AFTER)) {
      const disk = AFTER.copy();
      for (let at = 0; at < bytes.length; at += 1 + Math.floor(bytes.length / 40)) {
        await put(disk, path, bytes.with(at, (bytes[at] ?? 0) ^ 1));
        expect({ path, at, found: (await verify(disk)).length > 0 }).toEqual({ path, at, found: true });
      }
      if (!path.includes("/.shield/")) continue;
      expect({ path, after: await goOn(disk) }).toEqual({ path, after: "refused" });
    }
  });

  it("knows that two of its files, or one of it and one of another directory, were swapped", async () => {
    const mine = filesOf(AFTER);
    const others = filesOf(OTHER);
    for (const [path, bytes] of mine) {
      for (const [other, instead] of [...mine, ...others]) {
        if (Buffer.from(instead).equals(bytes)) continue;
        const disk = AFTER.copy();
        await put(disk, path, instead);
        expect({ path, other, found: (await verify(disk)).length > 0 }).toEqual({ path, other, found: true });
      }
    }
  });

  it("knows that any part of it was put back from an earlier time", async () => {
    const [earlier, now] = [filesOf(BEFORE), filesOf(AFTER)];
    const parts = [...now.keys()].flatMap((path) => [path, path.slice(0, path.lastIndexOf("/"))]);
    for (const part of new Set([...parts, `${OUT}/.shield`])) {
      const disk = AFTER.copy();
      const below = [...now].filter(([path]) => path === part || path.startsWith(`${part}/`));
      const changed = below.filter(([path, bytes]) => !Buffer.from(earlier.get(path) ?? []).equals(bytes));
      if (changed.length === 0 || part === OUT) continue;
      for (const [path] of below) await put(disk, path, earlier.get(path));
      const found = (await verify(disk)).length > 0;
      expect({ part, found, noticed: isNoticed(await goOn(disk)) }).toEqual({ part, found: true, noticed: true });
    }
  });

  it("says which events of which processor are lost", async () => {
    const disk = AFTER.copy();
    const [lake = ""] = [...filesOf(disk).keys()].filter((path) => path.includes("LAKE_OF_PARTS/dt="));
    const queue = `${OUT}/QUEUE/messages.ndjson`;
    const inLake = (disk.filesBelow(OUT).get(lake) ?? "").split("\n").length - 1;
    for (const path of [lake, queue]) await put(disk, path, undefined);
    expect((await verify(disk)).map(({ message, lost }) => ({ path: message.split(/ at |, got/)[1], lost }))).toEqual([
      { path: lake, lost: { processor: "LAKE_OF_PARTS", events: inLake } },
      { path: queue, lost: { processor: "QUEUE", events: EVENTS.length } },
    ]);
  });

  it("takes no file of a file manager or query engine for its own", async () => {
    const disk = AFTER.copy();
    await put(disk, `${OUT}/LAKE_OF_PARTS/.DS_Store`, Buffer.from("x"));
    await put(disk, `${OUT}/LAKE_OF_PARTS/_SUCCESS`, new Uint8Array());
    expect(await verify(disk)).toEqual([]);
  });
});

describe("the clock of a directory", () => {
  it("is never behind what earlier runs have seen", async () => {
    const disk = createMemoryDisk();
    const clock = (ms: number) => ({ nowMs: () => ms, sleep: async () => undefined });
    await (await openOut(disk.mount(), { clock: clock(1_000) })).close();
    const later = await openOut(disk.mount(), { clock: clock(10) });
    expect(later.clock.nowMs()).toBe(1_000);
    await later.close();
    expect((await openOut(disk.mount(), { clock: clock(2_000) })).clock.nowMs()).toBe(2_000);
  });
});
