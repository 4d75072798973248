import { readSync } from "node:fs";
import { constants, type FileHandle, link, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import type { Files, OpenFile } from "./files.ts";

/** Output can hold personal data: only its owner reads it. */
const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;

/** The file system of this machine. */
export const nodeFiles: Files = {
  async open(path) {
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT, FILE_MODE);
    return openFile(handle, (await handle.stat()).size);
  },
  async openToRead(path) {
    const handle = await orElse(open(path, constants.O_RDONLY), "ENOENT", undefined);
    return handle && openFile(handle, (await handle.stat()).size);
  },
  link: (from, to) =>
    orElse(
      link(from, to).then(() => "ok"),
      "EEXIST",
      "exists",
    ),
  rename,
  remove: (path) => rm(path, { force: true }),
  sizeOf: (path) =>
    orElse(
      stat(path).then((found) => (found.isFile() ? found.size : undefined)),
      "ENOENT",
      undefined,
    ),
  list: (directory) => orElse(readdir(directory), "ENOENT", []),
  async makeDirectory(directory) {
    await mkdir(directory, { recursive: true, mode: DIRECTORY_MODE });
  },
  syncDirectory,
};

function openFile(handle: FileHandle, sizeAtOpening: number): OpenFile {
  let size = sizeAtOpening;
  return {
    get size() {
      return size;
    },
    read(position, length) {
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - position)));
      return bytes.subarray(0, readFully(handle.fd, bytes, position));
    },
    async write(bytes, position) {
      for (let at = 0; at < bytes.length; ) {
        at += (await handle.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
        size = Math.max(size, position + at);
      }
    },
    async truncate(length) {
      await handle.truncate(length);
      size = length;
    },
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

function readFully(fd: number, into: Uint8Array, position: number): number {
  let at = 0;
  while (at < into.length) {
    const count = readSync(fd, into, at, into.length - at, position + at);
    if (count === 0) break;
    at += count;
  }
  return at;
}

async function syncDirectory(directory: string): Promise<void> {
  // Windows keeps names by itself and does not open directories.
  if (process.platform === "win32") return;
  // A directory that we may change but not read has to be left to the system.
  const handle = await orElse(open(directory, constants.O_RDONLY), "EACCES", undefined);
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}

async function orElse<Value, Else>(result: Promise<Value>, code: string, otherwise: Else): Promise<Value | Else> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === code) return otherwise;
    throw error;
  }
}
