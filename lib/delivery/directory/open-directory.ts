import { dirname, join } from "node:path";
import { FIRST_GENERATION, type Plan } from "#plan";
import type { Clock, Random, Sink, Stream } from "../ports.ts";
import type { Files } from "./files.ts";
import { type Journal, openJournal } from "./journal.ts";
import { type Processes, takeLock } from "./lock.ts";
import { type OpenedSink, openQuarantine, openSink, type SinkPlace } from "./open-sink.ts";
import { folderOf, isSameStream, type RegisteredStream, registerStreams } from "./register.ts";

export interface DirectoryOptions {
  readonly files: Files;
  readonly processes: Processes;
  /** The output directory. */
  readonly directory: string;
  readonly plans: readonly Plan[];
  /** Public name of the keys under which delivery and ledger ids are made. */
  readonly keys: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** An output directory that this process alone writes to. */
export interface Directory {
  /** Sink i is that of plan i. */
  readonly sinks: readonly Sink[];
  /** Takes the records of rejected events. */
  readonly quarantine: Sink;
  /** How many distinct events are remembered, and the memory that takes, in bytes. */
  memory(): { readonly events: number; readonly bytes: number };
  /** Writes what is only written whole, the newest states of entities. To be called when a run has delivered everything. */
  publish(): Promise<void>;
  /** Closes everything and lets others in. Nothing may be under way. */
  close(): Promise<void>;
}

/**
 * Opens an output directory and finishes what a run that died left half done.
 *
 * @throws {ConfigError} when another process writes to it, or it holds something that must not be mixed with this run's
 *   output
 */
export async function openDirectory(options: DirectoryOptions): Promise<Directory> {
  const closers = createClosers();
  try {
    return await openAll(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

/** The stream of rejected events: of no policy, since an event is recorded once whatever refused it. */
const QUARANTINE: RegisteredStream = { processor: "quarantine", generation: FIRST_GENERATION, policy: "" };

async function openAll(options: DirectoryOptions, closers: Closers): Promise<Directory> {
  const { files, processes, directory, plans, keys } = options;
  const folders = await makeFolders(directory, files);
  const lock = await takeLock({ files, processes, directory, folder: folders.own });
  closers.add(() => lock.release());
  for (const name of await files.list(folders.temporary)) await files.remove(join(folders.temporary, name));
  const streams = plans.map(({ processor, generation, hash }) => ({ processor, generation, policy: hash }));
  const known = await registerStreams({ ...folders, files, directory, keys, streams: [QUARANTINE, ...streams] });
  const journal = await openJournal(files, folders.journal, known);
  closers.add(() => journal.close());
  const placeOf = (stream: Stream) => makePlace(stream, { ...options, folders, journal, known });
  const open = async (opening: Promise<OpenedSink>) => {
    const sink = await opening;
    closers.add(async () => sink.close?.());
    return sink;
  };
  const quarantine = await open(openQuarantine(await placeOf(QUARANTINE)));
  const sinks: OpenedSink[] = [];
  for (const plan of plans) sinks.push(await open(openSink(plan, await placeOf(plan))));
  return {
    sinks,
    quarantine,
    memory: () => ({ events: journal.book.events, bytes: memoryOf(journal, sinks) }),
    async publish() {
      for (const sink of sinks) await sink.publish?.();
    },
    close: () => closers.close(),
  };
}

interface Folders {
  /** Everything that is not output. */
  readonly own: string;
  readonly states: string;
  readonly temporary: string;
  readonly journal: string;
  readonly register: string;
}

async function makeFolders(directory: string, files: Files): Promise<Folders> {
  const own = join(directory, ".shield");
  const folders = { own, states: join(own, "states"), temporary: join(own, "temporary") };
  for (const folder of Object.values(folders)) await files.makeDirectory(folder);
  for (const folder of [dirname(directory), directory, own]) await files.syncDirectory(folder);
  return { ...folders, journal: join(own, "journal"), register: join(own, "streams.json") };
}

interface Surroundings extends DirectoryOptions {
  readonly folders: Folders;
  readonly journal: Journal;
  readonly known: readonly RegisteredStream[];
}

/** Makes the folder of a stream's output and gathers what its sink stands on. */
async function makePlace(stream: Stream, surroundings: Surroundings): Promise<SinkPlace> {
  const { files, directory, folders, journal, known, clock, random } = surroundings;
  const folder = join(directory, folderOf(stream));
  await files.makeDirectory(folder);
  await files.syncDirectory(directory);
  return {
    files,
    stream: { processor: stream.processor, generation: stream.generation },
    folder,
    states: folders.states,
    temporary: folders.temporary,
    ledger: journal.ledger,
    journal: journal.streamAt(known.findIndex((each) => isSameStream(each, stream))),
    clock,
    random,
  };
}

function memoryOf({ book }: Journal, sinks: readonly OpenedSink[]): number {
  return sinks.reduce((sum, { bytes = 0 }) => sum + bytes, book.bytes);
}

/** Closes what was opened, last first, whatever fails on the way. */
interface Closers {
  add(close: () => Promise<void>): void;
  /** Throws the first failure, after everything else is closed. */
  close(): Promise<void>;
}

function createClosers(): Closers {
  const closers: (() => Promise<void>)[] = [];
  return {
    add: (close) => closers.push(close),
    async close() {
      const failures: unknown[] = [];
      for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
        await close().catch((failure) => failures.push(failure));
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
