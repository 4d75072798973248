import { join } from "node:path";
import { ConfigError } from "#errors";
import { type Files, readWhole, writeWhole } from "./files.ts";

/** A process, told apart from a later one with the same number. */
export interface ProcessName {
  readonly host: string;
  readonly pid: number;
  /** When it started, in whatever unit the system gives; empty where it gives none. */
  readonly started: string;
}

/** The processes of this machine. */
export interface Processes {
  readonly self: ProcessName;
  /** Tells whether a process runs; true as well when that cannot be told. */
  isAlive(name: ProcessName): boolean;
}

export interface LockOptions {
  readonly files: Files;
  readonly processes: Processes;
  /** Where the lock files are. It exists. */
  readonly folder: string;
  /** What is locked, for messages. */
  readonly directory: string;
}

export interface Lock {
  release(): Promise<void>;
}

const PREFIX = "lock-";

/**
 * Makes this process the only writer of a directory.
 *
 * Locks are numbered; the highest one counts, and its number is taken over only once its process is dead or let go. The
 * next number can be linked by one process only, so two that find the same dead lock do not both win, and nobody ever
 * removes a lock that could be somebody's.
 *
 * @throws {ConfigError} OUTPUT_IN_USE while another process holds it
 */
export async function takeLock(options: LockOptions): Promise<Lock> {
  const { files, folder } = options;
  const highest = await findHighest(options);
  const holder = highest > 0 ? await readHolder(options, highest) : undefined;
  if (holder !== undefined && options.processes.isAlive(holder)) throw inUse(options, holder, highest);
  const mine = highest + 1;
  const isMine = (await linkLock(options, mine)) === "ok" && (await findHighest(options)) === mine;
  if (!isMine) throw inUse(options, await readHolder(options, await findHighest(options)), mine);
  await removeBelow(options, mine);
  return {
    // The number stays, so that nobody who read an older one can take it again.
    release: () => writeLock(options, mine, undefined).then((aside) => files.rename(aside, pathOf(folder, mine))),
  };
}

async function findHighest({ files, folder }: LockOptions): Promise<number> {
  const numbers = (await files.list(folder)).filter((name) => /^lock-\d+$/.test(name)).map(numberOf);
  return Math.max(0, ...numbers);
}

/** The process that holds a lock; undefined when it let go. */
async function readHolder({ files, folder }: LockOptions, number: number): Promise<ProcessName | undefined> {
  const bytes = await readWhole(files, pathOf(folder, number));
  if (bytes === undefined || bytes.length === 0) return undefined;
  return JSON.parse(Buffer.from(bytes).toString());
}

async function linkLock(options: LockOptions, number: number): Promise<"ok" | "exists"> {
  const { files, folder, processes } = options;
  const aside = await writeLock(options, number, processes.self);
  const linked = await files.link(aside, pathOf(folder, number));
  await files.remove(aside);
  return linked;
}

/** Writes a lock under a name of this process's own, so that nobody reads half of it. */
async function writeLock(options: LockOptions, number: number, holder: ProcessName | undefined): Promise<string> {
  const { files, folder, processes } = options;
  const aside = join(folder, `locking-${number}-${processes.self.host}-${processes.self.pid}`);
  await writeWhole(files, aside, Buffer.from(holder === undefined ? "" : JSON.stringify(holder)));
  return aside;
}

async function removeBelow({ files, folder }: LockOptions, mine: number): Promise<void> {
  const names = (await files.list(folder)).filter((name) => /^lock-\d+$/.test(name) && numberOf(name) < mine);
  for (const name of names) await files.remove(join(folder, name));
}

function numberOf(name: string): number {
  return Number(name.slice(PREFIX.length));
}

function pathOf(folder: string, number: number): string {
  return join(folder, `${PREFIX}${number}`);
}

function inUse({ directory, folder }: LockOptions, holder: ProcessName | undefined, number: number): ConfigError {
  const who = holder === undefined ? "another process" : `process ${holder.pid} on ${holder.host}`;
  const path = pathOf(folder, number);
  return new ConfigError(
    `expected to be the only one that writes to ${directory}, got ${who}; if it is gone for good, remove ${path}`,
    { code: "OUTPUT_IN_USE" },
  );
}
