import { describe, expect, it } from "vitest";
import { times } from "#support/depth";
import { BATCHES, contentOf, EVENTS, expectedContent, OUT, openOut, runAll, sorted } from "#support/directory-run";
import { fullDisk, NO_SPACE } from "#support/full-disk";
import { Crash, createMemoryDisk, type MemoryDisk, type Survival } from "#support/memory-files";
import { createDraw } from "#support/seeded-random";

/** A new directory, and one that an earlier run left with part of the input. */
const BEGINNINGS = [
  { title: "a new directory", batches: [] },
  { title: "a directory of earlier runs", batches: BATCHES.slice(0, 2) },
];

async function diskAfter(batches: typeof BATCHES): Promise<MemoryDisk> {
  const disk = createMemoryDisk();
  if (batches.length > 0) await runAll(await openOut(disk.mount()), undefined, batches);
  disk.crash("nothing");
  return disk;
}

async function countEffects(disk: MemoryDisk): Promise<number> {
  await runAll(await openOut(disk.mount()));
  return disk.effects();
}

/** What a dead writer left, before the machine forgot any of it, and what it had promised. */
interface Death {
  readonly effect: number;
  readonly disk: MemoryDisk;
  readonly promised: Promised;
}

/** Of the effects after which a writer may die, one in so many. */
const STRIDE = times({ few: 2, deep: 1 });

/** Lets a writer die in every effect. */
async function listDeaths(beginning: MemoryDisk, effects: number): Promise<readonly Death[]> {
  const deaths: Death[] = [];
  for (let effect = 1; effect <= effects; effect += STRIDE) {
    const disk = beginning.copy();
    deaths.push({ effect, disk, promised: await runUntil(effect, disk) });
  }
  return deaths;
}

/** What sinks said to have delivered. */
type Promised = Map<number, Set<string>>;

async function runUntil(effect: number, disk: MemoryDisk): Promise<Promised> {
  const promised: Promised = new Map();
  disk.crashAt(effect);
  try {
    const directory = await openOut(disk.mount());
    await runAll(directory, (sink, { deliveryId }, settled) => {
      if (settled.kind === "delivered") promised.set(sink, (promised.get(sink) ?? new Set()).add(deliveryId));
    });
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  return promised;
}

function survivals(effect: number): readonly { readonly title: string; readonly survival: Survival }[] {
  const torn = Array.from({ length: times({ few: 1, deep: 4 }) }, (_, number) => ({
    title: `part ${number} of what was not synced`,
    survival: createDraw(`${effect} ${number}`),
  }));
  return [{ title: "everything", survival: "everything" }, { title: "nothing", survival: "nothing" }, ...torn];
}

function outputOf(disk: MemoryDisk): ReadonlyMap<string, string> {
  return new Map([...disk.filesBelow(OUT)].filter(([path]) => !path.startsWith(`${OUT}/.shield/`)));
}

describe.each(BEGINNINGS)("$title whose writer dies", async ({ batches }) => {
  const beginning = await diskAfter(batches);
  const effects = await countEffects(beginning.copy());
  const deaths = await listDeaths(beginning, effects);

  it("loses and doubles nothing once the same input ran again, whichever effect was the last one", async () => {
    for (const { effect, disk: left } of deaths) {
      for (const { title, survival } of survivals(effect)) {
        const disk = left.copy();
        disk.crash(survival);
        await runAll(await openOut(disk.mount()));
        const at = `died in effect ${effect}, left ${title}`;
        expect({ at, ...sorted(contentOf(disk.filesBelow(OUT))) }).toEqual({ at, ...sorted(expectedContent()) });
      }
    }
  });

  it("has kept what it said to have delivered, whatever the machine forgot", async () => {
    for (const { effect, disk: left, promised } of deaths) {
      for (const { title, survival } of survivals(effect).filter((each) => each.survival !== "everything")) {
        const disk = left.copy();
        disk.crash(survival);
        const { outlets, quarantine } = await openOut(disk.mount());
        for (const [sink, ids] of promised) {
          const again = EVENTS.filter(({ deliveryId }) => ids.has(deliveryId));
          const settled = await [...outlets.map((outlet) => outlet.sink), quarantine][sink]?.deliver(
            again,
            Number.POSITIVE_INFINITY,
          );
          const lost = settled?.filter((each) => each.kind !== "skipped");
          const at = `died in effect ${effect}, left ${title}`;
          expect({ at, sink, lost }).toEqual({ at, sink, lost: [] });
        }
      }
    }
  });

  it("recovers from dying again and again, while recovering too", async () => {
    expect(effects).toBeGreaterThan(80);
    for (let seed = 0; seed < times({ few: 25, deep: 500 }); seed++) {
      const draw = createDraw(`again ${seed}`);
      const disk = beginning.copy();
      for (let death = 0; death < 6; death++) {
        await runUntil(1 + draw(effects), disk);
        disk.crash(draw(2) === 0 ? draw : "everything");
      }
      await runAll(await openOut(disk.mount()));
      expect({ seed, ...sorted(contentOf(disk.filesBelow(OUT))) }).toEqual({ seed, ...sorted(expectedContent()) });
    }
  });

  it("changes no byte of the output when the same input runs a third time", async () => {
    for (const { disk: left } of deaths.filter((_, at) => at % 5 === 0)) {
      const disk = left.copy();
      disk.crash("everything");
      await runAll(await openOut(disk.mount()));
      const before = outputOf(disk);
      await runAll(await openOut(disk.mount()));
      expect(outputOf(disk)).toEqual(before);
    }
  });
});

describe("a directory on a disk that gets full", () => {
  it("loses and doubles nothing once there is space again, whichever write was the first to fail", async () => {
    const writes = await countWrites();
    expect(writes).toBeGreaterThan(30);
    for (let space = 0; space < writes; space++) {
      const disk = createMemoryDisk();
      const failure = await runInto(disk, space);
      expect({ space, failure }).toEqual({ space, failure: NO_SPACE });
      disk.crash("everything");
      await runAll(await openOut(disk.mount()));
      expect({ space, ...sorted(contentOf(disk.filesBelow(OUT))) }).toEqual({ space, ...sorted(expectedContent()) });
    }
  });
});

async function countWrites(): Promise<number> {
  let writes = 0;
  const counted = fullDisk(createMemoryDisk().mount(), () => {
    writes++;
    return false;
  });
  await runAll(await openOut(counted));
  return writes;
}

/** Runs until the disk is full, then closes what is open as far as that goes. */
async function runInto(disk: MemoryDisk, space: number): Promise<unknown> {
  let writes = 0;
  const files = fullDisk(disk.mount(), () => writes++ >= space);
  let failure: unknown;
  try {
    const directory = await openOut(files);
    await runAll(directory).catch(async (error) => {
      failure = error;
      await directory.close();
    });
  } catch (error) {
    failure ??= error;
  }
  return failure;
}
