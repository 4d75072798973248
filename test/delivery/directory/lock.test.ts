import { describe, expect, it } from "vitest";
import { type Files, writeWhole } from "#delivery/directory/files";
import { type Lock, type ProcessName, takeLock } from "#delivery/directory/lock";
import { ConfigError } from "#errors";
import { processNamed } from "#support/directory-run";
import { createMemoryDisk } from "#support/memory-files";
import { createDraw } from "#support/seeded-random";

const FOLDER = "/out/.shield";

function take(files: Files, pid: number, alive: readonly number[] = []): Promise<Lock> {
  const processes = { self: processNamed(pid), isAlive: (name: ProcessName) => alive.includes(name.pid) };
  return takeLock({ files, processes, folder: FOLDER, directory: "/out" });
}

async function newFolder(): Promise<Files> {
  const files = createMemoryDisk().mount();
  await files.makeDirectory(FOLDER);
  return files;
}

function inUse(pid: number, lock: number): ConfigError {
  return new ConfigError(
    `expected to be the only one that writes to /out, got process ${pid} on here; if it is gone for good, remove ${FOLDER}/lock-${lock}`,
    { code: "OUTPUT_IN_USE" },
  );
}

describe("takeLock", () => {
  it("names the process that holds the directory", async () => {
    const files = await newFolder();
    await take(files, 1);
    await expect(take(files, 2, [1])).rejects.toThrow(inUse(1, 1));
  });

  it("does not let one process in twice", async () => {
    const files = await newFolder();
    await take(files, 1);
    await expect(take(files, 1, [1])).rejects.toThrow(inUse(1, 1));
  });

  it("takes over from a process that died", async () => {
    const files = await newFolder();
    await take(files, 1);
    await take(files, 2);
    await expect(take(files, 3, [2])).rejects.toThrow(inUse(2, 2));
  });

  it("lets the next one in after a release, even of the same process", async () => {
    const files = await newFolder();
    for (let round = 1; round <= 3; round++) await (await take(files, 1, [1])).release();
    expect((await files.list(FOLDER)).filter((name) => name.startsWith("lock-"))).toEqual(["lock-3"]);
  });

  it("lets one of many in that find the same dead lock, however their steps mix", async () => {
    for (let seed = 0; seed < 300; seed++) {
      const files = await newFolder();
      await take(files, 1);
      const rivals = [2, 3, 4, 5];
      const slow = shuffled(files, createDraw(`lock ${seed}`));
      const outcomes = await Promise.allSettled(rivals.map((pid) => take(slow, pid, rivals)));
      expect({ seed, winners: outcomes.filter(({ status }) => status === "fulfilled").length }).toEqual({
        seed,
        winners: expect.toSatisfy((winners: number) => winners <= 1),
      });
      const [refusal] = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
      expect(refusal).toBeInstanceOf(ConfigError);
    }
  });
});

describe("a lock that nobody can read", () => {
  const GARBAGE = [
    ["nothing", ""],
    ["no JSON", "{"],
    ["bytes", "\u0000\u00ff"],
    ["no object", "null"],
    ["an array", "[]"],
    ["no process", "{}"],
    ["a process without namespace", JSON.stringify({ ...processNamed(1), namespace: undefined })],
    ["a process of another type", JSON.stringify({ ...processNamed(1), pid: "1" })],
    ["a group of processes", JSON.stringify({ ...processNamed(1), pid: -1 })],
  ] as const;

  it.each(GARBAGE)("is damage, and not a lock that was let go: %s", async (_, text) => {
    const files = await newFolder();
    await (await take(files, 1)).release();
    await writeWhole(files, `${FOLDER}/lock-1`, Buffer.from(text));
    await expect(take(files, 2)).rejects.toThrow(noLock("lock-1"));
  });

  it.each(["lock-0", "lock-01", "lock-1.orig", "lock-x", `lock-${"9".repeat(20)}`])("has the name %s", async (name) => {
    const files = await newFolder();
    await writeWhole(files, `${FOLDER}/${name}`, Buffer.from("released"));
    await expect(take(files, 2)).rejects.toThrow(noLock(name));
  });

  function noLock(name: string): ConfigError {
    return new ConfigError(
      `expected the lock of a process, got something else at ${FOLDER}/${name}; if nothing writes to /out, remove it`,
      { code: "OUTPUT_DAMAGED" },
    );
  }
});

describe("a lock that is taken and released again and again", () => {
  it("refuses a process that stalled while others came and went", async () => {
    const files = await newFolder();
    await take(files, 1);
    let goOn: (() => void) | undefined;
    const stalled: Files = {
      ...files,
      async link(from, to) {
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        return files.link(from, to);
      },
    };
    const late = take(stalled, 2, [3, 4]);
    while (goOn === undefined) await Promise.resolve();
    await (await take(files, 3, [3, 4])).release();
    await take(files, 4, [3, 4]);
    goOn();
    await expect(late).rejects.toThrow("got process 4 on here");
  });

  it("is never held by two, however their steps mix", async () => {
    let taken = 0;
    for (let seed = 0; seed < 100; seed++) {
      const files = await newFolder();
      const draw = createDraw(`again ${seed}`);
      const slow = shuffled(files, draw);
      const rivals = [1, 2, 3, 4];
      let [holders, most] = [0, 0];
      await Promise.all(
        rivals.map(async (pid) => {
          for (let round = 0; round < 6; round++) {
            const lock = await take(slow, pid, rivals).catch(() => undefined);
            if (lock === undefined) continue;
            taken++;
            most = Math.max(most, ++holders);
            for (let turns = draw(20); turns > 0; turns--) await Promise.resolve();
            holders--;
            await lock.release();
          }
        }),
      );
      expect({ seed, most }).toEqual({ seed, most: 1 });
    }
    expect(taken).toBeGreaterThan(200);
  });
});

/** Files whose calls take effect after a random number of turns. */
function shuffled(files: Files, draw: (below: number) => number): Files {
  const late =
    <Arguments extends readonly unknown[], Result>(call: (...rest: Arguments) => Promise<Result>) =>
    async (...rest: Arguments): Promise<Result> => {
      for (let turns = draw(12); turns > 0; turns--) await Promise.resolve();
      return call(...rest);
    };
  return {
    open: late(files.open),
    openToRead: late(files.openToRead),
    link: late(files.link),
    rename: late(files.rename),
    remove: late(files.remove),
    sizeOf: late(files.sizeOf),
    list: late(files.list),
    makeDirectory: late(files.makeDirectory),
    syncDirectory: late(files.syncDirectory),
  };
}
