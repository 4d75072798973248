import { dirname, join } from "node:path";
import { ConfigError } from "#errors";
import { FIRST_GENERATION } from "#plan";
import type { Stream } from "../ports.ts";
import { type Files, readWhole, writeWhole } from "./files.ts";

/** A stream as a directory knows it, and what everything in it was written under. */
export interface RegisteredStream extends Stream {
  /** Hash of the plan. */
  readonly policy: string;
}

/** What a directory holds. Streams keep their place in the list: the journal refers to them by it. */
interface Register {
  readonly version: typeof VERSION;
  /** Public name of the keys under which ids are made. */
  readonly keys: string;
  readonly streams: readonly RegisteredStream[];
}

export interface RegisterOptions {
  readonly files: Files;
  /** The output directory. */
  readonly directory: string;
  /** Paths of the register and of the journal that refers to it. */
  readonly register: string;
  readonly journal: string;
  readonly keys: string;
  /** The streams of this run. */
  readonly streams: readonly RegisteredStream[];
}

const VERSION = 1;

/**
 * Adds the streams of this run to the directory's register and returns all of them, in their order.
 *
 * @throws {ConfigError} when the directory holds something else: another policy, other keys, a later version, or files
 *   that are not registered
 */
export async function registerStreams(options: RegisterOptions): Promise<readonly RegisteredStream[]> {
  const { files, directory, register: path, keys, streams } = options;
  const register = await readRegister(files, path);
  if (register === undefined) await beginJournal(options);
  else await checkRegister(register, options);
  const known = register?.streams ?? [];
  const added = streams.filter((stream) => find(known, stream) === undefined);
  for (const stream of added) await checkIsEmpty(files, join(directory, folderOf(stream)));
  if (register === undefined || added.length > 0) {
    await writeRegister(files, path, { version: VERSION, keys, streams: [...known, ...added] });
  }
  return [...known, ...added];
}

/** Name of a stream's folder: the processor's for its first generation, each later one beside it. */
export function folderOf({ processor, generation }: Stream): string {
  return generation === FIRST_GENERATION ? processor : `${processor}@${generation}`;
}

export function isSameStream(one: Stream, other: Stream): boolean {
  return one.processor === other.processor && one.generation === other.generation;
}

function find(streams: readonly RegisteredStream[], wanted: Stream): RegisteredStream | undefined {
  return streams.find((stream) => isSameStream(stream, wanted));
}

async function readRegister(files: Files, path: string): Promise<Register | undefined> {
  const bytes = await readWhole(files, path);
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch (cause) {
    throw new ConfigError(`expected JSON in ${path}, got something else`, { code: "OUTPUT_DAMAGED", cause });
  }
}

async function writeRegister(files: Files, path: string, register: Register): Promise<void> {
  const aside = `${path}.new`;
  await writeWhole(files, aside, Buffer.from(`${JSON.stringify(register, undefined, 2)}\n`));
  await files.rename(aside, path);
  await files.syncDirectory(dirname(path));
}

/** The journal is there before the register is: a register without one has lost it, and the other way round. */
async function beginJournal({ files, journal, register }: RegisterOptions): Promise<void> {
  if (((await files.sizeOf(journal)) ?? 0) > 0) throw missing(register);
  await writeWhole(files, journal, new Uint8Array());
  await files.syncDirectory(dirname(journal));
}

function missing(path: string): ConfigError {
  return new ConfigError(`expected the file ${path}, got none`, { code: "OUTPUT_DAMAGED" });
}

async function checkRegister(register: Register, options: RegisterOptions): Promise<void> {
  const { files, directory, keys, streams, journal } = options;
  if (register.version !== VERSION) {
    throw new ConfigError(`expected output of version ${VERSION} in ${directory}, got version ${register.version}`, {
      code: "OUTPUT_UNKNOWN",
    });
  }
  if (register.keys !== keys) {
    throw new ConfigError(`expected the keys "${register.keys}" for ${directory}, got "${keys}"`, {
      code: "OUTPUT_OTHER_KEYS",
    });
  }
  if ((await files.sizeOf(journal)) === undefined) throw missing(journal);
  const changed = streams.filter(
    (stream) => (find(register.streams, stream)?.policy ?? stream.policy) !== stream.policy,
  );
  if (changed.length > 0) throw otherPolicy(changed, register, directory);
}

function otherPolicy(changed: readonly RegisteredStream[], { streams }: Register, directory: string): ConfigError {
  const names = changed.map(({ processor, generation }) => `${processor} ${generation}`).join(", ");
  const next = nextGeneration(streams);
  return new ConfigError(
    `expected the policy under which ${directory} was written, got another for ${names}; --generation ${next} builds output of the new policy beside it`,
    { code: "OUTPUT_OTHER_POLICY" },
  );
}

/** The first of g2, g3… that no stream has. */
function nextGeneration(streams: readonly Stream[]): string {
  const taken = new Set(streams.map(({ generation }) => generation));
  let number = 2;
  while (taken.has(`g${number}`)) number++;
  return `g${number}`;
}

async function checkIsEmpty(files: Files, folder: string): Promise<void> {
  if ((await files.list(folder)).length === 0) return;
  throw new ConfigError(`expected ${folder} to be empty or written by earlier runs, got other files`, {
    code: "OUTPUT_UNKNOWN",
  });
}
