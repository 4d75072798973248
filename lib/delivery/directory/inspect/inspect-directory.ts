import { basename, join } from "node:path";
import { ConfigError } from "#errors";
import { type Checkpoint, knownExtent, readCheckpoint } from "../checkpoint.ts";
import type { Files } from "../files.ts";
import type { Folders } from "../folders.ts";
import { folderOf, type Register, type RegisteredStream, readRegister, spillOf, stateLogOf } from "../register.ts";
import { type DirectoryFinding, damage } from "./finding.ts";
import { inspectFrames } from "./inspect-frames.ts";
import { addFrame, type JournalFacts, journalFactsOf } from "./inspect-journal.ts";
import { inspectObjects } from "./inspect-objects.ts";
import { inspectSegments } from "./inspect-segments.ts";
import { inspectStates } from "./inspect-states.ts";
import type { StreamToInspect } from "./stream-to-inspect.ts";

export interface InspectOptions {
  readonly files: Files;
  readonly folders: Folders;
  /** Read every byte of the output, not sizes only. */
  readonly contents: boolean;
}

/** A directory as it was found; no findings: everything fits together. */
export interface Inspection {
  readonly findings: readonly DirectoryFinding[];
  readonly register?: Register;
  readonly checkpoint?: Checkpoint;
  /** What the journal says, by stream. */
  readonly facts: JournalFacts;
}

/**
 * Compares what the files of a directory say of each other. Changes nothing.
 *
 * Where register, checkpoint or journal are damaged, nothing can be said of the rest.
 */
export async function inspectDirectory(options: InspectOptions): Promise<Inspection> {
  const { files, folders } = options;
  const facts: JournalFacts = { streams: [] };
  try {
    const register = await readRegister(files, folders.register);
    const checkpoint = await readCheckpoint(files, folders.checkpoint);
    if (register === undefined) return { findings: await inspectNew(options, checkpoint), facts };
    const known = { register, facts, ...(checkpoint && { checkpoint }) };
    const own = await inspectOwn(options, known);
    return { ...known, findings: own.length > 0 ? own : await inspectStreams(options, known) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { findings: [findingOf(error)], facts };
  }
}

/** Where something is missing, going on would deliver it again or publish a part for the whole. */
export function refuseDamaged({ findings }: Inspection, directory: string): void {
  const [first, ...more] = findings;
  if (first === undefined) return;
  const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
  throw new ConfigError(`${first.message}${others}; shield verify ${directory} tells what is lost`, {
    code: first.code,
  });
}

type Known = Omit<Inspection, "findings" | "register"> & { readonly register: Register };

function findingOf({ code, message }: ConfigError): DirectoryFinding {
  return { code: code === "OUTPUT_UNKNOWN" ? code : "OUTPUT_DAMAGED", message };
}

/** A run that died before it wrote its register has left an empty journal at most. */
async function inspectNew({ files, folders }: InspectOptions, checkpoint: Checkpoint | undefined) {
  const isNew = checkpoint === undefined && ((await files.sizeOf(folders.journal)) ?? 0) === 0;
  return isNew ? [] : [damage(folders.register, "a file", "none")];
}

async function inspectOwn({ files, folders }: InspectOptions, { register, checkpoint, facts }: Known) {
  const path = folders.journal;
  if ((await files.sizeOf(path)) === undefined) return [damage(path, "a file", "none")];
  const isClosed = checkpoint?.isClosed ?? false;
  const known = knownExtent(checkpoint, basename(path));
  const damaged = await inspectFrames({ files, path, known, isClosed, onFrame: (frame) => addFrame(facts, frame) });
  if (damaged !== undefined) return [damaged];
  const hasOutput = facts.streams.length > 0 || (await files.list(folders.states)).length > 0;
  if (checkpoint === undefined) return hasOutput ? [damage(folders.checkpoint, "a file", "none")] : [];
  return findMisfits({ register, facts, checkpoint }, folders);
}

/** Each of the files may be whole, and of another directory or another time. */
function findMisfits(
  { register, checkpoint, facts }: Known & { readonly checkpoint: Checkpoint },
  folders: Folders,
): readonly DirectoryFinding[] {
  const { directory, streams } = register;
  if ((facts.directory ?? directory) !== directory)
    return [damage(folders.journal, "the journal of this directory", "that of another")];
  if (checkpoint.directory !== directory)
    return [damage(folders.checkpoint, "the checkpoint of this directory", "that of another")];
  const most = Math.max(checkpoint.streams, facts.streams.length);
  return streams.length < most
    ? [damage(folders.register, `a register of ${most} streams`, "one of an earlier time")]
    : [];
}

async function inspectStreams(options: InspectOptions, known: Known): Promise<readonly DirectoryFinding[]> {
  const findings: DirectoryFinding[] = [];
  for (const [index, stream] of known.register.streams.entries())
    findings.push(
      ...(await inspectStream(stream, toInspect(stream, journalFactsOf(known.facts, index), { options, known }))),
    );
  return findings;
}

function toInspect(
  stream: RegisteredStream,
  facts: StreamToInspect["facts"],
  { options: { files, folders, contents }, known: { checkpoint } }: { options: InspectOptions; known: Known },
): StreamToInspect {
  const frames = stream.output.kind === "objects" ? spillOf(stream) : stateLogOf(stream);
  return {
    files,
    processor: stream.processor,
    folder: join(folders.directory, folderOf(stream)),
    frames: join(folders.own, frames),
    known: knownExtent(checkpoint, frames),
    facts,
    isClosed: checkpoint?.isClosed ?? false,
    contents,
  };
}

function inspectStream({ output }: RegisteredStream, stream: StreamToInspect): Promise<readonly DirectoryFinding[]> {
  if (output.kind === "objects") return inspectObjects(stream);
  return output.kind === "segments" ? inspectSegments(stream, output.file) : inspectStates(stream, output.file);
}

/** Says that no run has written here. */
export function notOutput(directory: string): ConfigError {
  return new ConfigError(`expected an output directory of shield run, got none at ${directory}`);
}
