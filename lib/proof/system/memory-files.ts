import { dirname } from "node:path";
import type { Files, OpenFile } from "#delivery/directory/files";

/** A disk in memory that forgets nothing: files that were removed or replaced are still listed. */
export interface MemoryDisk {
  readonly files: Files;
  /** Every file there ever was, with each path it had. */
  everyFile(): readonly { readonly paths: readonly string[]; readonly bytes: Uint8Array }[];
}

interface Inode {
  bytes: Buffer;
  size: number;
  readonly paths: Set<string>;
}

export function createMemoryDisk(): MemoryDisk {
  const names = new Map<string, Inode>();
  const inodes: Inode[] = [];
  const give = (path: string, inode: Inode) => {
    names.set(path, inode);
    inode.paths.add(path);
  };
  const files: Files = {
    async open(path) {
      const inode = names.get(path) ?? { bytes: Buffer.alloc(0), size: 0, paths: new Set() };
      if (!inodes.includes(inode)) inodes.push(inode);
      give(path, inode);
      return openFile(inode);
    },
    async openToRead(path) {
      const inode = names.get(path);
      return inode && openFile(inode);
    },
    async link(from, to) {
      const inode = names.get(from);
      if (inode === undefined || names.has(to)) return "exists";
      give(to, inode);
      return "ok";
    },
    async rename(from, to) {
      const inode = names.get(from);
      names.delete(from);
      if (inode !== undefined) give(to, inode);
    },
    async remove(path) {
      names.delete(path);
    },
    sizeOf: async (path) => names.get(path)?.size,
    list: async (directory) =>
      [...names.keys()].filter((path) => dirname(path) === directory).map((path) => path.slice(directory.length + 1)),
    makeDirectory: async () => undefined,
    syncDirectory: async () => undefined,
  };
  const everyFile = () =>
    inodes.map(({ paths, bytes, size }) => ({ paths: [...paths], bytes: bytes.subarray(0, size) }));
  return { files, everyFile };
}

function openFile(inode: Inode): OpenFile {
  return {
    get size() {
      return inode.size;
    },
    read: (position, length) => Buffer.from(inode.bytes.subarray(position, Math.min(inode.size, position + length))),
    async write(bytes, position) {
      const end = position + bytes.length;
      if (end > inode.bytes.length) inode.bytes = Buffer.concat([inode.bytes], Math.max(end, inode.bytes.length * 2));
      inode.bytes.set(bytes, position);
      inode.size = Math.max(inode.size, end);
    },
    async truncate(size) {
      inode.size = size;
    },
    sync: async () => undefined,
    close: async () => undefined,
  };
}
