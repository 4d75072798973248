import { ConfigError } from "#errors";
import type { Files } from "./files.ts";
import { foldersOf } from "./folders.ts";
import type { DirectoryFinding } from "./inspect/finding.ts";
import { inspectDirectory, notOutput } from "./inspect/inspect-directory.ts";
import { checkUnlocked, type Processes } from "./lock.ts";

export interface VerifyOptions {
  readonly files: Files;
  readonly processes: Processes;
  /** The output directory. */
  readonly directory: string;
}

/** What is in a directory, and what is not as the last run left it. */
export interface Verified {
  readonly findings: readonly DirectoryFinding[];
  /** What the journal accounts for: objects and segments, their bytes, and the deliveries in them. */
  readonly objects: number;
  readonly bytes: number;
  readonly deliveries: number;
  /** False when the last run died: the next one goes on from what is safe. */
  readonly isClosed: boolean;
}

/**
 * Reads every byte of an output directory and compares it with what was written. Changes nothing.
 *
 * @throws {ConfigError} OUTPUT_IN_USE while a process writes to it; CONFIG_INVALID where no run has written anything
 */
export async function verifyDirectory({ files, processes, directory }: VerifyOptions): Promise<Verified> {
  const folders = foldersOf(directory);
  if ((await files.list(folders.own)).length === 0) throw notOutput(directory);
  const lock = await inspectLock(() => checkUnlocked({ files, processes, directory, folder: folders.own }));
  const { checkpoint, facts, findings } = await inspectDirectory({ files, folders, contents: true });
  const kept = facts.streams.flatMap(({ objects }) => [...objects.values()]);
  return {
    findings: [...lock, ...findings],
    objects: kept.length,
    bytes: kept.reduce((sum, { bytes }) => sum + bytes, 0),
    deliveries: kept.reduce((sum, { events }) => sum + events, 0),
    isClosed: checkpoint?.isClosed ?? false,
  };
}

/** A lock that nobody can read is damage of its own; one that is held ends the reading. */
async function inspectLock(check: () => Promise<void>): Promise<readonly DirectoryFinding[]> {
  try {
    await check();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError) || error.code !== "OUTPUT_DAMAGED") throw error;
    return [{ code: error.code, message: error.message }];
  }
}
