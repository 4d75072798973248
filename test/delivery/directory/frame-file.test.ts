import { describe, expect, it } from "vitest";
import { type FrameFile, openFrameFile } from "#delivery/directory/frame-file";
import { ConfigError } from "#errors";
import { fullDisk, NO_SPACE } from "#support/full-disk";
import { createMemoryDisk, type MemoryDisk } from "#support/memory-files";

const PATH = "/out/frames";

async function diskWith(chunks: readonly string[]): Promise<MemoryDisk> {
  const disk = createMemoryDisk();
  const files = disk.mount();
  await files.makeDirectory("/out");
  const file = await openFrameFile(files, PATH);
  for (const chunk of chunks) await file.append(Buffer.from(chunk));
  await file.close();
  return disk;
}

function chunksIn(file: FrameFile): readonly string[] {
  return [...file.frames()].map(({ payload }) => Buffer.from(payload).toString().replace(/\0+$/, ""));
}

async function reopened(disk: MemoryDisk): Promise<FrameFile> {
  return openFrameFile(disk.mount(), PATH);
}

/** Bytes of frames, as an operator would see them on the disk. */
async function bytesOf(chunks: readonly string[]): Promise<Uint8Array> {
  const disk = await diskWith(chunks);
  let bytes = new Uint8Array();
  disk.overwrite(PATH, (found) => {
    bytes = found.slice();
    return found;
  });
  return bytes;
}

describe("openFrameFile", () => {
  it("gives back what was appended", async () => {
    const chunks = ["one", "", "a chunk of more than sixteen bytes", "x".repeat(10_000)];
    expect(chunksIn(await reopened(await diskWith(chunks)))).toEqual(chunks);
  });

  it("tells where a chunk stands", async () => {
    const disk = await diskWith(["before"]);
    const file = await reopened(disk);
    const positions = await Promise.all([file.append(Buffer.from("first")), file.append(Buffer.from("second"))]);
    expect(positions.map((position) => Buffer.from(file.read(position, 6)).toString())).toEqual(["first\0", "second"]);
    expect(positions.every((position) => position % 16 === 0)).toBe(true);
  });

  it("writes chunks that wait for the same write as one frame", async () => {
    const file = await reopened(await diskWith([]));
    await Promise.all(["a", "b", "c", "d"].map((chunk) => file.append(Buffer.from(chunk))));
    expect([...file.frames()]).toHaveLength(2);
  });

  it("cuts off a last frame that is torn at any byte, and nothing else", async () => {
    const kept = ["one", "two"];
    const whole = (await bytesOf([...kept, "the last chunk is longer"])).length;
    const before = (await bytesOf(kept)).length;
    for (let end = before; end < whole; end++) {
      const disk = await diskWith([...kept, "the last chunk is longer"]);
      disk.overwrite(PATH, (bytes) => bytes.slice(0, end));
      const file = await reopened(disk);
      expect({ end, chunks: chunksIn(file), size: file.size }).toEqual({ end, chunks: kept, size: before });
      await file.append(Buffer.from("next"));
      expect(chunksIn(await reopened(disk))).toEqual([...kept, "next"]);
    }
  });

  it("cuts off a last frame of which any byte was not written", async () => {
    const kept = ["one", "two"];
    const [before, whole] = [(await bytesOf(kept)).length, await bytesOf([...kept, "last"])];
    for (let at = before; at < whole.length; at++) {
      if (whole[at] === 0) continue;
      const disk = await diskWith([...kept, "last"]);
      disk.overwrite(PATH, (bytes) => bytes.with(at, 0));
      expect({ at, chunks: chunksIn(await reopened(disk)) }).toEqual({ at, chunks: kept });
    }
  });

  it("refuses a frame that was damaged behind our back", async () => {
    const first = (await bytesOf(["one"])).length;
    for (let at = 0; at < first; at++) {
      const disk = await diskWith(["one", "two"]);
      disk.overwrite(PATH, (bytes) => bytes.with(at, (bytes[at] ?? 0) ^ 0xff));
      await expect(reopened(disk)).rejects.toThrow(
        new ConfigError(`expected a whole record at byte 0 of ${PATH}, got a damaged one`, { code: "OUTPUT_DAMAGED" }),
      );
    }
  });

  it("writes nothing more after a failure, and says so every time", async () => {
    const disk = await diskWith(["one"]);
    let isFull = true;
    const file = await openFrameFile(
      fullDisk(disk.mount(), () => isFull),
      PATH,
    );
    await expect(file.append(Buffer.from("two"))).rejects.toBe(NO_SPACE);
    isFull = false;
    for (const chunk of ["three", "four"]) await expect(file.append(Buffer.from(chunk))).rejects.toBe(NO_SPACE);
    expect(chunksIn(await reopened(disk))).toEqual(["one"]);
  });
});
