import { join } from "node:path";
import { ConfigError } from "#errors";
import { type Files, readWhole, writeWhole } from "./files.ts";

/** A process, told apart from a later one with the same number and from those that other kernels and containers number. */
export interface ProcessName {
  readonly host: string;
  /** The machine and its boot, and the namespace in which `pid` counts; each empty where the system does not tell. */
  readonly machine: string;
  readonly boot: string;
  readonly namespace: string;
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
/** What a lock says that nobody holds: an empty one has lost what it said. */
const RELEASED = "released";

/**
 * Makes this process the only writer of a directory.
 *
 * Locks are numbered; the highest one counts, and its number is taken over only once its process is dead or let go. The
 * next number can be linked by one process only, so two that find the same dead lock do not both win, and nobody ever
 * removes a lock that could be somebody's.
 *
 * @throws {ConfigError} OUTPUT_IN_USE while another process holds it; OUTPUT_DAMAGED where a lock cannot be read
 */
export async function takeLock(options: LockOptions): Promise<Lock> {
  const { files, folder } = options;
  const mine = (await highestDead(options)) + 1;
  const isMine = (await linkLock(options, mine)) === "ok" && (await findHighest(options)) === mine;
  if (!isMine) throw inUse(options, await readHolder(options, await findHighest(options)), mine);
  await removeBelow(options, mine);
  return {
    // The number stays, so that nobody who read an older one can take it again.
    release: () => writeLock(options, mine, undefined).then((aside) => files.rename(aside, pathOf(folder, mine))),
  };
}

/** @throws {ConfigError} as `takeLock`, and takes nothing */
export async function checkUnlocked(options: LockOptions): Promise<void> {
  await highestDead(options);
}

/** Number of the highest lock, whose process is dead or let go. */
async function highestDead(options: LockOptions): Promise<number> {
  const highest = await findHighest(options);
  const holder = highest > 0 ? await readHolder(options, highest) : undefined;
  if (holder !== undefined && options.processes.isAlive(holder)) throw inUse(options, holder, highest);
  return highest;
}

type Place = Omit<LockOptions, "processes">;

async function findHighest(place: Place): Promise<number> {
  return Math.max(0, ...(await lockNumbers(place)));
}

/** A name that is no lock's could have been one: whoever held it would go unseen. */
async function lockNumbers({ files, folder, directory }: Place): Promise<readonly number[]> {
  const names = (await files.list(folder)).filter((name) => name.startsWith(PREFIX));
  const stranger = names.find((name) => !/^lock-[1-9]\d{0,14}$/.test(name));
  if (stranger !== undefined) throw noLock(join(folder, stranger), directory);
  return names.map((name) => Number(name.slice(PREFIX.length)));
}

/** The process that holds a lock; undefined when it let go, or somebody has replaced it. */
async function readHolder({ files, folder, directory }: Place, number: number): Promise<ProcessName | undefined> {
  const path = pathOf(folder, number);
  const bytes = await readWhole(files, path).catch((error) => {
    throw noLock(path, directory, error);
  });
  const text = bytes && Buffer.from(bytes).toString();
  return text === undefined || text === RELEASED ? undefined : parseHolder(text, path, directory);
}

function parseHolder(text: string, path: string, directory: string): ProcessName {
  try {
    const holder: unknown = JSON.parse(text);
    if (isProcessName(holder)) return holder;
  } catch (error) {
    throw noLock(path, directory, error);
  }
  throw noLock(path, directory);
}

function isProcessName(value: unknown): value is ProcessName {
  if (typeof value !== "object" || value === null) return false;
  const { pid, ...texts } = value as Partial<Record<string, unknown>>;
  const isText = (name: string) => typeof texts[name] === "string";
  const isPid = typeof pid === "number" && Number.isSafeInteger(pid) && pid > 0;
  return isPid && ["host", "machine", "boot", "namespace", "started"].every(isText);
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
  await writeWhole(files, aside, Buffer.from(holder === undefined ? RELEASED : JSON.stringify(holder)));
  return aside;
}

async function removeBelow(options: LockOptions, mine: number): Promise<void> {
  const below = (await lockNumbers(options)).filter((number) => number < mine);
  for (const number of below) await options.files.remove(pathOf(options.folder, number));
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

function noLock(path: string, directory: string, cause?: unknown): ConfigError {
  return new ConfigError(
    `expected the lock of a process, got something else at ${path}; if nothing writes to ${directory}, remove it`,
    { code: "OUTPUT_DAMAGED", cause },
  );
}
