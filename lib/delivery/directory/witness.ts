import { basename } from "node:path";
import { type Checkpoint, knownExtent, writeCheckpoint } from "./checkpoint.ts";
import { EMPTY, type Extent } from "./extent.ts";
import type { Files } from "./files.ts";
import type { Folders } from "./folders.ts";
import type { Journal } from "./journal.ts";
import type { OpenedSink } from "./open-sink.ts";
import type { Register } from "./register.ts";
import type { SteadyClock } from "./steady-clock.ts";

/** Keeps the checkpoint of a directory that this run alone writes to. */
export interface Witness {
  /** How the checkpoint knows a file below `.shield`. */
  known(file: string): Extent;
  /** Forgets a file that may be missing from now on. */
  forget(file: string): Promise<void>;
  /** From now on files may grow beyond what the checkpoint says. To be called before anything is changed. */
  opened(): Promise<void>;
  /** Everything is closed. Does nothing where a write has failed: then the next run has to look for itself. */
  closed(sinks: readonly OpenedSink[]): Promise<void>;
}

export interface WitnessOptions {
  readonly files: Files;
  readonly folders: Folders;
  readonly journal: Journal;
  readonly register: Register;
  readonly clock: SteadyClock;
  readonly former: Checkpoint | undefined;
}

export function createWitness({ files, folders, journal, register, clock, former }: WitnessOptions): Witness {
  const forgotten: Record<string, Extent> = {};
  const write = (isClosed: boolean, more: Checkpoint["files"]) =>
    writeCheckpoint(files, folders.checkpoint, {
      directory: register.directory,
      isClosed,
      streams: register.streams.length,
      latestMs: clock.latestMs(),
      files: { ...former?.files, ...forgotten, ...more, [basename(folders.journal)]: journal.extent },
    });
  return {
    known: (file) => knownExtent(former, file),
    async forget(file) {
      if (knownExtent(former, file).bytes === 0) return;
      forgotten[file] = EMPTY;
      await write(false, {});
    },
    opened: () => write(false, {}),
    async closed(sinks) {
      const frames = Object.entries(Object.assign({}, ...sinks.map((sink) => sink.frameFiles?.()))) as Frames;
      if (!journal.isSettled || frames.some(([, file]) => !file.isSound)) return;
      await write(true, Object.fromEntries(frames.map(([name, file]) => [name, file.extent])));
    },
  };
}

type Frames = readonly (readonly [string, ReturnType<NonNullable<OpenedSink["frameFiles"]>>[string]])[];
