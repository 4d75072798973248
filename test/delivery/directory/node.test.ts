import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Files, readWhole, writeWhole } from "#delivery/directory/files";
import { nodeFiles } from "#delivery/directory/node-files";
import { nodeProcesses } from "#delivery/directory/node-processes";
import { createMemoryDisk } from "#support/memory-files";

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "shield-files-"));
});
afterAll(() => rmSync(root, { recursive: true }));

describe.each<{ readonly name: string; readonly files: Files; readonly rootOf: () => string }>([
  { name: "the file system", files: nodeFiles, rootOf: () => root },
  { name: "the memory file system", files: createMemoryDisk().mount(), rootOf: () => "/root" },
])("$name", ({ files, rootOf }) => {
  let count = 0;
  async function newDirectory(): Promise<string> {
    const directory = join(rootOf(), `a${count++}`, "b");
    await files.makeDirectory(directory);
    return directory;
  }
  const text = async (path: string) => Buffer.from((await readWhole(files, path)) ?? []).toString();

  it("creates a file that is not there and keeps one that is", async () => {
    const path = join(await newDirectory(), "file");
    expect(await files.sizeOf(path)).toBeUndefined();
    await (await files.open(path)).close();
    expect(await files.sizeOf(path)).toBe(0);
    await writeWhole(files, path, Buffer.from("kept"));
    await (await files.open(path)).close();
    expect(await text(path)).toBe("kept");
  });

  it("reads and writes anywhere, and knows the length", async () => {
    const file = await files.open(join(await newDirectory(), "file"));
    await file.write(Buffer.from("hello"), 0);
    await file.write(Buffer.from("LO, you"), 3);
    expect(file.size).toBe(10);
    expect(Buffer.from(file.read(3, 2)).toString()).toBe("LO");
    expect(Buffer.from(file.read(7, 100)).toString()).toBe("you");
    expect(file.read(10, 5)).toHaveLength(0);
    await file.truncate(4);
    expect(file.size).toBe(4);
    expect(Buffer.from(file.read(0, 100)).toString()).toBe("helL");
    await file.sync();
    await file.close();
  });

  it("links a name once", async () => {
    const directory = await newDirectory();
    await writeWhole(files, join(directory, "one"), Buffer.from("1"));
    await writeWhole(files, join(directory, "two"), Buffer.from("2"));
    expect(await files.link(join(directory, "one"), join(directory, "name"))).toBe("ok");
    expect(await files.link(join(directory, "two"), join(directory, "name"))).toBe("exists");
    await files.remove(join(directory, "one"));
    expect(await text(join(directory, "name"))).toBe("1");
    await files.syncDirectory(directory);
  });

  it("renames over a name, and removes what may not be there", async () => {
    const directory = await newDirectory();
    await writeWhole(files, join(directory, "old"), Buffer.from("old"));
    await writeWhole(files, join(directory, "new"), Buffer.from("new"));
    await files.rename(join(directory, "new"), join(directory, "old"));
    await files.remove(join(directory, "never"));
    expect(await files.list(directory)).toEqual(["old"]);
    expect(await text(join(directory, "old"))).toBe("new");
  });

  it("lists nothing where there is nothing, and makes directories that are there", async () => {
    const directory = await newDirectory();
    expect(await files.list(join(directory, "none"))).toEqual([]);
    await files.makeDirectory(directory);
    expect(await files.list(directory)).toEqual([]);
  });

  it("fails with the system's code where a directory is missing", async () => {
    await expect(files.open(join(rootOf(), "none", "file"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("nodeProcesses", () => {
  const processes = nodeProcesses();

  it("knows itself alive", () => {
    expect(processes.isAlive(processes.self)).toBe(true);
  });

  it("knows a process dead that ended", async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    const { pid = 0 } = child;
    await once(child, "exit");
    expect(processes.isAlive({ ...processes.self, pid })).toBe(false);
  });

  it.runIf(process.platform === "linux")("tells a process from an earlier one with its number", () => {
    expect(processes.isAlive({ ...processes.self, started: "1" })).toBe(false);
  });

  it("takes the processes of other hosts for alive", () => {
    expect(processes.isAlive({ ...processes.self, host: "elsewhere", started: "1" })).toBe(true);
  });

  it("takes the processes of other PID namespaces, and of machines of the same name, for alive", () => {
    expect(processes.isAlive({ ...processes.self, namespace: "pid:[1]", started: "1" })).toBe(true);
    expect(processes.isAlive({ ...processes.self, machine: "another", boot: "another", started: "1" })).toBe(true);
  });

  it.runIf(processes.self.machine !== "")("knows that no process outlives a boot of its machine", () => {
    expect(processes.isAlive({ ...processes.self, boot: "an earlier one" })).toBe(false);
  });
});
