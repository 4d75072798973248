import { dirname } from "node:path";
import type { Files, OpenFile } from "#delivery/directory/files";

/** What a crash leaves of what was not synced: all of it (the process died), nothing, or any part of it (the machine did). */
export type Survival = "everything" | "nothing" | ((below: number) => number);

export interface MemoryDisk {
  /** The file system as one process sees it; after its crash every call of it fails. */
  mount(): Files;
  /** Effects on the disk since the last mount. */
  effects(): number;
  /** The process dies in the middle of effect `number` of this mount, counted from 1. */
  crashAt(number: number): void;
  /** Ends the process and leaves on the disk what the crash leaves. */
  crash(survival: Survival): void;
  /** Bytes of every file below a directory, by path. */
  filesBelow(directory: string): ReadonlyMap<string, string>;
  /** Bytes of a file. */
  read(path: string): Uint8Array;
  /** Another disk with what is on this one, as safe as it is on this one. Its last process is dead. */
  copy(): MemoryDisk;
  /** Changes a file behind everybody's back. */
  overwrite(path: string, change: (bytes: Uint8Array) => Uint8Array): void;
}

/** A file; its bytes are replaced, never changed. */
interface Inode {
  bytes: Uint8Array;
  safe: Uint8Array;
}

type Names = Map<string, Inode | "directory">;

/** A change of names: atomic, and safe once one of its directories is synced. */
interface NameChange {
  readonly directories: readonly string[];
  readonly removed?: string;
  readonly added?: readonly [path: string, inode: Inode | "directory"];
}

interface Content {
  readonly names: Names;
  readonly safeNames: Names;
  /** Changes of names that are not safe yet. */
  readonly unsafe: readonly NameChange[];
}

const EMPTY: Content = { names: new Map(), safeNames: new Map(), unsafe: [] };

/** The call that a dead process made. */
export class Crash extends Error {}

/** Makes a disk that remembers what is safe: a file's bytes after `sync`, a name after `syncDirectory`. */
export function createMemoryDisk(initial: Content = EMPTY): MemoryDisk {
  let { names, safeNames, unsafe } = copyOf(initial);
  let process = { effects: 0, crashAt: Number.POSITIVE_INFINITY, dead: false };

  function change(made: NameChange): void {
    apply(made, names);
    unsafe = [...unsafe, made];
  }

  function mount(): Files {
    const own = { effects: 0, crashAt: process.crashAt, dead: false };
    process = own;

    function alive(): void {
      if (own.dead) throw new Crash("the process is dead");
    }

    function effect(half: () => void = () => undefined): void {
      alive();
      own.effects++;
      if (own.effects < own.crashAt) return;
      own.dead = true;
      half();
      throw new Crash("the process died");
    }

    function inodeAt(path: string): Inode {
      return inodeIn(names, path);
    }

    function openFile(inode: Inode): OpenFile {
      return {
        get size() {
          return inode.bytes.length;
        },
        read(position, length) {
          alive();
          return inode.bytes.slice(position, position + length);
        },
        async write(bytes, position) {
          effect(() => put(inode, bytes.subarray(0, bytes.length / 2), position));
          put(inode, bytes, position);
        },
        async truncate(size) {
          effect();
          inode.bytes = inode.bytes.slice(0, size);
        },
        async sync() {
          effect();
          inode.safe = inode.bytes;
        },
        async close() {},
      };
    }

    return {
      async open(path) {
        alive();
        if (!names.has(path)) {
          effect();
          if (names.get(dirname(path)) !== "directory") throw noSuchFile(path);
          const inode: Inode = { bytes: new Uint8Array(), safe: new Uint8Array() };
          change({ directories: [dirname(path)], added: [path, inode] });
        }
        return openFile(inodeAt(path));
      },
      async openToRead(path) {
        alive();
        const inode = names.get(path);
        return inode === undefined || inode === "directory" ? undefined : openFile(inode);
      },
      async link(from, to) {
        effect();
        if (names.has(to)) return "exists";
        const inode = inodeAt(from);
        change({ directories: [dirname(to)], added: [to, inode] });
        return "ok";
      },
      async rename(from, to) {
        effect();
        const inode = inodeAt(from);
        change({ directories: [dirname(from), dirname(to)], removed: from, added: [to, inode] });
      },
      async remove(path) {
        effect();
        if (names.has(path)) change({ directories: [dirname(path)], removed: path });
      },
      async sizeOf(path) {
        alive();
        const inode = names.get(path);
        return inode === undefined || inode === "directory" ? undefined : inode.bytes.length;
      },
      async list(directory) {
        alive();
        return childrenOf(directory, names);
      },
      async makeDirectory(directory) {
        effect();
        for (const missing of missingAbove(directory, names)) {
          change({ directories: [dirname(missing)], added: [missing, "directory"] });
        }
      },
      async syncDirectory(directory) {
        effect();
        for (const each of unsafe) if (each.directories.includes(directory)) apply(each, safeNames);
        unsafe = unsafe.filter((each) => !each.directories.includes(directory));
      },
    };
  }

  return {
    mount,
    effects: () => process.effects,
    crashAt(number) {
      process = { ...process, crashAt: number };
    },
    crash(survival) {
      process.dead = true;
      process = { effects: 0, crashAt: Number.POSITIVE_INFINITY, dead: false };
      if (survival !== "everything") {
        for (const each of unsafe) if (survival !== "nothing" && survival(2) === 0) apply(each, safeNames);
        names = reachable(safeNames);
        for (const inode of inodesOf(names)) forget(inode, survival);
      }
      safeNames = new Map(names);
      unsafe = [];
      for (const inode of inodesOf(names)) inode.safe = inode.bytes;
    },
    filesBelow(directory) {
      const entries = [...names].filter(([path, inode]) => path.startsWith(`${directory}/`) && inode !== "directory");
      return new Map(entries.sort().map(([path, inode]) => [path, Buffer.from((inode as Inode).bytes).toString()]));
    },
    read: (path) => Uint8Array.from(inodeIn(names, path).bytes),
    copy: () => createMemoryDisk({ names, safeNames, unsafe }),
    overwrite(path, modify) {
      const inode = inodeIn(names, path);
      inode.bytes = modify(inode.bytes);
      inode.safe = inode.bytes;
    },
  };
}

function apply({ removed, added }: NameChange, names: Names): void {
  if (removed !== undefined) names.delete(removed);
  if (added !== undefined) names.set(...added);
}

function copyOf({ names, safeNames, unsafe }: Content): Content {
  const copies = new Map<Inode | "directory", Inode | "directory">();
  const copied = (inode: Inode | "directory") => {
    const copy = copies.get(inode) ?? (inode === "directory" ? inode : { ...inode });
    copies.set(inode, copy);
    return copy;
  };
  const copiedNames = (all: Names) => new Map([...all].map(([path, inode]) => [path, copied(inode)]));
  return {
    names: copiedNames(names),
    safeNames: copiedNames(safeNames),
    unsafe: unsafe.map((each) => (each.added ? { ...each, added: [each.added[0], copied(each.added[1])] } : each)),
  };
}

function inodeIn(names: Names, path: string): Inode {
  const inode = names.get(path);
  if (inode === undefined || inode === "directory") throw noSuchFile(path);
  return inode;
}

function inodesOf(names: Names): readonly Inode[] {
  return [...names.values()].filter((inode) => inode !== "directory");
}

function put(inode: Inode, bytes: Uint8Array, position: number): void {
  const grown = new Uint8Array(Math.max(inode.bytes.length, position + bytes.length));
  grown.set(inode.bytes);
  grown.set(bytes, position);
  inode.bytes = grown;
}

/** What was not synced is gone, or was in part: a length between the two, and bytes that may be zeros. */
function forget(inode: Inode, survival: "nothing" | ((below: number) => number)): void {
  if (survival === "nothing") {
    inode.bytes = inode.safe;
    return;
  }
  const [shorter, longer] = [inode.safe.length, inode.bytes.length].sort((left, right) => left - right);
  const length = (shorter ?? 0) + survival((longer ?? 0) - (shorter ?? 0) + 1);
  const bytes = new Uint8Array(length);
  bytes.set(inode.safe.subarray(0, length));
  if (survival(2) === 0) bytes.set(inode.bytes.subarray(0, length));
  inode.bytes = bytes;
}

/** A name is lost with any of the directories above it. */
function reachable(names: Names): Names {
  const isReachable = (path: string): boolean =>
    dirname(path) === "/" || (names.get(dirname(path)) === "directory" && isReachable(dirname(path)));
  return new Map([...names].filter(([path]) => isReachable(path)));
}

function missingAbove(directory: string, names: Names): readonly string[] {
  if (directory === "/" || names.has(directory)) return [];
  return [...missingAbove(dirname(directory), names), directory];
}

function childrenOf(directory: string, names: Names): readonly string[] {
  return [...names.keys()]
    .filter((path) => dirname(path) === directory)
    .map((path) => path.slice(directory.length + 1));
}

function noSuchFile(path: string): Error {
  return Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), { code: "ENOENT" });
}
