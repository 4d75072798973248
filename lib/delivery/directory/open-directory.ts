import { dirname, join } from "node:path";
import type { Plan } from "#plan";
import type { Clock, Outlet, Random, Sink, Stream } from "../ports.ts";
import { QUARANTINE_STREAM } from "../quarantine.ts";
import { pinOf } from "../stream-pin.ts";
import { settleMerges } from "./compact/settle-merges.ts";
import type { Files } from "./files.ts";
import { type Folders, foldersOf } from "./folders.ts";
import { type Inspection, inspectDirectory, refuseDamaged } from "./inspect/inspect-directory.ts";
import { journalFactsOf } from "./inspect/inspect-journal.ts";
import { type Journal, openJournal } from "./journal.ts";
import { type Processes, takeLock } from "./lock.ts";
import { type OpenedSink, openQuarantine, openSink, outputOf, QUARANTINE_FILE, type SinkPlace } from "./open-sink.ts";
import { folderOf, isSameStream, type RegisteredStream, registerStreams, SPILL_ENDING } from "./register.ts";
import { steadyClock } from "./steady-clock.ts";
import { createWitness, type Witness } from "./witness.ts";

export interface DirectoryOptions {
  readonly files: Files;
  readonly processes: Processes;
  /** The output directory. */
  readonly directory: string;
  readonly plans: readonly Plan[];
  /** Public name of the keys under which a stream's ids are made. */
  readonly keyName: (stream: Stream) => string;
  readonly clock: Clock;
  readonly random: Random;
}

/** An output directory that this process alone writes to. */
export interface Directory {
  /** In the order of the plans. */
  readonly outlets: readonly Outlet[];
  /** Takes the records of rejected events. */
  readonly quarantine: Sink;
  /** The clock, never behind what earlier runs have seen. */
  readonly clock: Clock;
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

/** The stream of rejected events is of no policy, since an event is recorded once whatever refused it. */
function quarantineOf({ keyName }: DirectoryOptions): RegisteredStream {
  return {
    ...{ ...QUARANTINE_STREAM, keys: keyName(QUARANTINE_STREAM), delivery: "", policies: [] },
    output: { kind: "segments", file: QUARANTINE_FILE },
  };
}

const NAME_BYTES = 16;

async function openAll(options: DirectoryOptions, closers: Closers): Promise<Directory> {
  const { files, processes, directory, plans, random } = options;
  const folders = await makeFolders(directory, files);
  const lock = await takeLock({ files, processes, directory, folder: folders.own });
  closers.add(() => lock.release());
  const inspection = await inspectDirectory({ files, folders, contents: false });
  refuseDamaged(inspection, directory);
  const streams = plans.map((plan) => registered(plan, options));
  const newName = Buffer.from(random(NAME_BYTES)).toString("base64url");
  const register = await registerStreams({
    ...{ ...folders, files, newName },
    streams: [quarantineOf(options), ...streams],
  });
  const known = register.streams;
  const journal = await openJournal({ files, path: folders.journal, streams: known, directory: register.directory });
  closers.add(() => journal.close());
  const clock = steadyClock(options.clock, inspection.checkpoint?.latestMs ?? 0);
  const witness = createWitness({ files, folders, journal, register, clock, former: inspection.checkpoint });
  await witness.opened();
  await clear(folders.temporary, files);
  if (inspection.checkpoint?.isClosed === false) await settle(inspection, folders, files);
  const placeOf = (stream: Stream) => makePlace(stream, { ...options, clock, folders, journal, known, witness });
  const open = async (opening: Promise<OpenedSink>) => {
    const sink = await opening;
    closers.add(async () => sink.close?.());
    return sink;
  };
  const quarantine = await open(openQuarantine(await placeOf(QUARANTINE_STREAM)));
  const outlets: { readonly plan: Plan; readonly sink: OpenedSink }[] = [];
  for (const plan of plans) outlets.push({ plan, sink: await open(openSink(plan, await placeOf(plan))) });
  const sinks = outlets.map(({ sink }) => sink);
  return {
    outlets,
    quarantine,
    clock,
    memory: () => ({ events: journal.book.events, bytes: memoryOf(journal, sinks) }),
    async publish() {
      for (const sink of sinks) await sink.publish?.();
    },
    close: () => closers.close(() => witness.closed(sinks)),
  };
}

/** Removes what a run that died was writing; what it has called delivered stays. */
async function clear(temporary: string, files: Files): Promise<void> {
  const names = (await files.list(temporary)).filter((name) => !name.endsWith(SPILL_ENDING));
  for (const name of names) await files.remove(join(temporary, name));
}

/** Ends what a compaction that died left half done. */
async function settle({ register, facts }: Inspection, { directory }: Folders, files: Files): Promise<void> {
  for (const [index, stream] of (register?.streams ?? []).entries())
    await settleMerges(files, join(directory, folderOf(stream)), journalFactsOf(facts, index));
}

function registered(plan: Plan, { keyName }: DirectoryOptions): RegisteredStream {
  return { ...pinOf(plan, keyName(plan)), policies: [plan.hash], output: outputOf(plan) };
}

async function makeFolders(directory: string, files: Files): Promise<Folders> {
  const folders = foldersOf(directory);
  const { own, states, temporary } = folders;
  for (const folder of [own, states, temporary]) await files.makeDirectory(folder);
  for (const folder of [dirname(directory), directory, own]) await files.syncDirectory(folder);
  return folders;
}

interface Surroundings extends DirectoryOptions {
  readonly folders: Folders;
  readonly journal: Journal;
  readonly known: readonly RegisteredStream[];
  readonly witness: Witness;
}

/** Makes the folder of a stream's output and gathers what its sink stands on. */
async function makePlace(stream: Stream, surroundings: Surroundings): Promise<SinkPlace> {
  const { files, directory, folders, journal, known, clock, random, witness } = surroundings;
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
    known: witness.known,
    forget: witness.forget,
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
  /** Throws the first failure, after everything else is closed; with none, `whole` comes before what was opened first. */
  close(whole?: () => Promise<void>): Promise<void>;
}

function createClosers(): Closers {
  const closers: (() => Promise<void>)[] = [];
  return {
    add: (close) => closers.push(close),
    async close(whole = async () => undefined) {
      const failures: unknown[] = [];
      const attempt = (close: () => Promise<void>) => close().catch((failure) => failures.push(failure));
      for (const close of closers.splice(1).reverse()) await attempt(close);
      if (failures.length === 0) await attempt(whole);
      for (const close of closers.splice(0)) await attempt(close);
      if (failures.length > 0) throw failures[0];
    },
  };
}
