import { describe, expect, it } from "vitest";
import type { Claim, LedgerKey } from "#delivery";
import { OK } from "#delivery/answer";
import { openFrameFile } from "#delivery/directory/frame-file";
import { openJournal } from "#delivery/directory/journal";
import { decodeRecords } from "#delivery/directory/journal-records";
import { idOf } from "#support/deliveries";
import { createMemoryDisk, type MemoryDisk } from "#support/memory-files";

const STREAMS = [
  { processor: "A", generation: "g1" },
  { processor: "B", generation: "g1" },
] as const;

const PATH = "/out/journal";

function keyOf(name: string, stream: 0 | 1 = 0): LedgerKey {
  return { ...STREAMS[stream], id: idOf(name) };
}

function claimOf(objectKey: string, fence = "f"): Claim {
  return { fence, objectKey, state: "pending", leaseUntilMs: 1_000, expiresMs: 2_000 };
}

async function newDisk(): Promise<MemoryDisk> {
  const disk = createMemoryDisk();
  await disk.mount().makeDirectory("/out");
  disk.crash("everything");
  return disk;
}

function openOn(disk: MemoryDisk) {
  return openJournal({ files: disk.mount(), path: PATH, streams: STREAMS, directory: "d" });
}

const DATA = { fence: "f", tombstone: false, fileEnd: 0, bytes: 1, checksum: 2 };

describe("openJournal", () => {
  it("remembers an event as done once its object is committed, without its claim", async () => {
    const journal = await openOn(await newDisk());
    await journal.ledger.insert(keyOf("a"), claimOf("o"));
    await journal.streamAt(0).commit({ ...DATA, objectKey: "o" });
    expect(await journal.ledger.insert(keyOf("a"), claimOf("p"))).toEqual({
      kind: "found",
      claim: { fence: "", state: "done", leaseUntilMs: 0 },
    });
    expect(journal.streamAt(0).unfinished()).toEqual([]);
  });

  it("remembers it for the stream that has it only", async () => {
    const journal = await openOn(await newDisk());
    await journal.ledger.insert(keyOf("a"), claimOf("o"));
    await journal.streamAt(0).commit({ ...DATA, objectKey: "o" });
    expect(await journal.ledger.insert(keyOf("a", 1), claimOf("o"))).toEqual(OK);
  });

  it("remembers after it was opened again", async () => {
    const disk = await newDisk();
    const before = await openOn(disk);
    for (const name of ["a", "b", "c"]) await before.ledger.insert(keyOf(name), claimOf(name === "c" ? "p" : "o"));
    await before.streamAt(0).commit({ ...DATA, objectKey: "o", fileEnd: 77 });
    const after = await openOn(disk);
    expect(after.book.events).toBe(2);
    expect(after.streamAt(0).fileEnd()).toBe(77);
    expect(after.streamAt(0).headOf("o")).toEqual({ fence: "f", tombstone: false });
    expect(after.streamAt(0).headOf("p")).toBeUndefined();
    expect(after.streamAt(1).headOf("o")).toBeUndefined();
    expect(after.streamAt(0).unfinished()).toMatchObject([{ objectKey: "p", fence: "f" }]);
  });

  it("knows that the leases of earlier runs are over", async () => {
    const disk = await newDisk();
    await (await openOn(disk)).ledger.insert(keyOf("a"), claimOf("o"));
    const found = expect.objectContaining({ fence: "f", objectKey: "o", leaseUntilMs: 0 });
    expect(await (await openOn(disk)).ledger.insert(keyOf("a"), claimOf("p", "g"))).toEqual({
      kind: "found",
      claim: found,
    });
  });

  it("forgets claims that are given up", async () => {
    const disk = await newDisk();
    await (await openOn(disk)).ledger.insert(keyOf("a"), claimOf("o"));
    const journal = await openOn(disk);
    for (const object of journal.streamAt(0).unfinished()) await journal.streamAt(0).giveUp(object);
    expect(await journal.ledger.insert(keyOf("a"), claimOf("p", "g"))).toEqual(OK);
  });

  it("settles events by the object that claimed them last", async () => {
    const disk = await newDisk();
    const journal = await openOn(disk);
    await journal.ledger.insert(keyOf("a"), claimOf("o"));
    await journal.streamAt(0).commit({ ...DATA, objectKey: "o", tombstone: true });
    expect(await journal.ledger.replace(keyOf("a"), claimOf("p", "g"), { fence: "f" })).toEqual(OK);
    for (const each of [journal, await openOn(disk)]) {
      expect(each.streamAt(0).unfinished()).toMatchObject([{ objectKey: "p" }]);
      expect(each.book.events).toBe(0);
    }
  });

  it("saves all claims of one turn with one write, one record per object", async () => {
    const disk = await newDisk();
    const journal = await openOn(disk);
    const names = Array.from({ length: 1_000 }, (_, index) => `event ${index}`);
    const before = disk.effects();
    await Promise.all(names.map((name, index) => journal.ledger.insert(keyOf(name), claimOf(`o${index % 2}`))));
    expect(disk.effects() - before).toBe(2);
    const [, frame] = [...(await openFrameFile(disk.mount(), PATH)).frames()];
    const records = [...decodeRecords(frame?.payload ?? new Uint8Array())];
    expect(records.map((record) => record.kind === "claims" && record.shortIds.length)).toEqual([500, 500]);
  });

  it("says that a claim holds only once it survives a crash", async () => {
    const disk = await newDisk();
    const journal = await openOn(disk);
    let answered = false;
    const answer = journal.ledger.insert(keyOf("a"), claimOf("o")).then(() => {
      answered = true;
    });
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    expect(answered).toBe(false);
    await answer;
    disk.crash("nothing");
    expect((await openOn(disk)).streamAt(0).unfinished()).toHaveLength(1);
  });

  it("refuses streams and claims it cannot remember", async () => {
    const { ledger } = await openOn(await newDisk());
    await expect(ledger.insert({ ...keyOf("a"), processor: "C" }, claimOf("o"))).rejects.toThrow(
      new TypeError("expected a stream of this directory, got another"),
    );
    const { objectKey: _, ...withoutObject } = claimOf("o");
    await expect(ledger.insert(keyOf("a"), withoutObject)).rejects.toThrow(
      new TypeError("expected a claim for an object, got one without"),
    );
  });
});
