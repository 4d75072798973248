import { dirname, join } from "node:path";
import { ConfigError } from "#errors";
import { FIRST_GENERATION } from "#plan";
import type { Stream } from "../ports.ts";
import { checkPins, type PinnedStream } from "../stream-pin.ts";
import { replaceWhole, sealJson, unsealJson } from "./checkpoint.ts";
import { type Files, readWhole, writeWhole } from "./files.ts";

/** A stream as a directory knows it, and what everything in it was written under. */
export interface RegisteredStream extends PinnedStream {
  /** Hashes of the plans that wrote to it, in the order in which they first did. */
  readonly policies: readonly string[];
  readonly output: StreamOutput;
}

/** What a stream's folder holds: objects that are files of their own, or one file of segments or of newest states. */
export type StreamOutput =
  | { readonly kind: "objects" }
  | { readonly kind: "segments" | "states"; readonly file: string };

/** What a directory holds. Streams keep their place in the list: the journal refers to them by it. */
export interface Register {
  readonly version: typeof JOURNAL_VERSION;
  /** Random name of the directory: its files do not fit those of another. */
  readonly directory: string;
  readonly streams: readonly RegisteredStream[];
}

export interface RegisterOptions {
  readonly files: Files;
  /** The output directory. */
  readonly directory: string;
  /** Paths of the register and of the journal that refers to it. */
  readonly register: string;
  readonly journal: string;
  /** Random name for a directory that is new. */
  readonly newName: string;
  /** The streams of this run. */
  readonly streams: readonly RegisteredStream[];
}

/** Version of everything below `.shield`. */
export const JOURNAL_VERSION = 1;

/**
 * Adds the streams of this run to the directory's register and returns it; streams keep their order.
 *
 * @throws {ConfigError} when the directory holds something else: other keys, records carried, ordered or written in another way, a later version, or files
 *   that are not registered
 */
export async function registerStreams(options: RegisterOptions): Promise<Register> {
  const { files, directory, register: path, streams, newName } = options;
  const register = await readRegister(files, path);
  if (register === undefined) await beginJournal(options);
  else await checkRegister(register, options);
  const known = register?.streams ?? [];
  const added = streams.filter((stream) => find(known, stream) === undefined);
  for (const stream of added) await checkIsEmpty(files, join(directory, folderOf(stream)));
  const all: Register = {
    version: JOURNAL_VERSION,
    directory: register?.directory ?? newName,
    streams: [...known.map((stream) => withPolicies(stream, find(streams, stream)?.policies ?? [])), ...added],
  };
  if (JSON.stringify(all) !== JSON.stringify(register)) await replaceWhole(files, path, sealJson(path, all));
  return all;
}

function withPolicies(stream: RegisteredStream, policies: readonly string[]): RegisteredStream {
  return { ...stream, policies: [...new Set([...stream.policies, ...policies])] };
}

/** Name of a stream's folder: the processor's for its first generation, each later one beside it. */
export function folderOf({ processor, generation }: Stream): string {
  return generation === FIRST_GENERATION ? processor : `${processor}@${generation}`;
}

/** Path of a stream's log of states below `.shield`. */
export function stateLogOf(stream: Stream): string {
  return `states/${folderOf(stream)}`;
}

/** Path below `.shield` of what a stream has and no object holds yet. */
export function spillOf(stream: Stream): string {
  return `temporary/${folderOf(stream)}${SPILL_ENDING}`;
}

export const SPILL_ENDING = ".spill";

export function isSameStream(one: Stream, other: Stream): boolean {
  return one.processor === other.processor && one.generation === other.generation;
}

function find(streams: readonly RegisteredStream[], wanted: Stream): RegisteredStream | undefined {
  return streams.find((stream) => isSameStream(stream, wanted));
}

/** @throws {ConfigError} OUTPUT_DAMAGED, or OUTPUT_UNKNOWN for one of another version */
export async function readRegister(files: Files, path: string): Promise<Register | undefined> {
  const bytes = await readWhole(files, path);
  const register = bytes && unsealJson<Register>(bytes, path);
  if (register === undefined || register.version === JOURNAL_VERSION) return register;
  throw new ConfigError(`expected output of version ${JOURNAL_VERSION} in ${path}, got version ${register.version}`, {
    code: "OUTPUT_UNKNOWN",
  });
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
  const { files, directory, streams, journal } = options;
  if ((await files.sizeOf(journal)) === undefined) throw missing(journal);
  checkPins(streams, (stream) => find(register.streams, stream), {
    name: directory,
    restore: "run with the key file of the earlier runs (--keys)",
    begin: `build output of its own with --generation ${nextGeneration(register.streams)}`,
  });
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
