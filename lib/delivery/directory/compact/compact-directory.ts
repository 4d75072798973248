import { createHash } from "node:crypto";
import { basename, dirname, join, posix } from "node:path";
import { ConfigError } from "#errors";
import { type Merger, mergerOf } from "#formats";
import { type Checkpoint, writeCheckpoint } from "../checkpoint.ts";
import { extentOf, isSameExtent } from "../extent.ts";
import { type Files, readWhole, writeWhole } from "../files.ts";
import { type Folders, foldersOf } from "../folders.ts";
import { type FrameFile, openFrameFile } from "../frame-file.ts";
import { type Inspection, inspectDirectory, notOutput, refuseDamaged } from "../inspect/inspect-directory.ts";
import { journalFactsOf, type StreamFacts } from "../inspect/inspect-journal.ts";
import { encodeRecord } from "../journal-records.ts";
import { type Processes, takeLock } from "../lock.ts";
import { folderOf, type RegisteredStream } from "../register.ts";
import { groupBy } from "./group-by.ts";
import { type MergeGroup, planMerges } from "./plan-merges.ts";
import { removeObjects, settleMerges } from "./settle-merges.ts";

export interface CompactOptions {
  readonly files: Files;
  readonly processes: Processes;
  /** The output directory. */
  readonly directory: string;
  readonly nowMs: number;
  /** Told after each merge. */
  readonly onMerged?: (merged: MergeCount) => void;
}

/** How many objects became how many. */
export interface MergeCount {
  readonly replaced: number;
  readonly merged: number;
}

/** Bounds the memory of a merge: Parquet of this size can become ten times as much. */
const LIMITS = { events: 50_000, bytes: 16 * 1024 * 1024 };

/**
 * Merges old partitions of the lakes of an output directory into few objects; what they hold stays the same.
 *
 * A merge that dies is undone or finished by whoever opens the directory next. In between, and while it goes on, rows of
 * an object can be there twice.
 *
 * @throws {ConfigError} OUTPUT_IN_USE while a process writes to it; OUTPUT_DAMAGED, or CONFIG_INVALID where no run has
 *   written anything
 */
export async function compactDirectory(options: CompactOptions): Promise<MergeCount> {
  const { files, processes, directory } = options;
  const folders = foldersOf(directory);
  if ((await files.list(folders.own)).length === 0) throw notOutput(directory);
  const lock = await takeLock({ files, processes, directory, folder: folders.own });
  try {
    const inspection = await inspectDirectory({ files, folders, contents: false });
    refuseDamaged(inspection, directory);
    const { register, checkpoint } = inspection;
    if (register === undefined || checkpoint === undefined) throw notOutput(directory);
    return await compactStreams(options, { folders, checkpoint, streams: register.streams, inspection });
  } finally {
    await lock.release();
  }
}

interface Opened {
  readonly folders: Folders;
  readonly checkpoint: Checkpoint;
  readonly streams: readonly RegisteredStream[];
  readonly inspection: Inspection;
}

/** From the first change to the last, the directory counts as one whose writer may have died. */
async function compactStreams(options: CompactOptions, opened: Opened): Promise<MergeCount> {
  const { files } = options;
  const { folders, checkpoint, streams, inspection } = opened;
  const journal = await openFrameFile(files, folders.journal);
  const write = (isClosed: boolean) => {
    const extents = { ...checkpoint.files, [basename(folders.journal)]: journal.extent };
    return writeCheckpoint(files, folders.checkpoint, { ...checkpoint, isClosed, files: extents });
  };
  const total = { replaced: 0, merged: 0 };
  try {
    await write(false);
    for (const [index, stream] of streams.entries()) {
      if (stream.output.kind !== "objects") continue;
      const place = { files, folders, journal, index, folder: join(folders.directory, folderOf(stream)) };
      const facts = journalFactsOf(inspection.facts, index);
      if (!checkpoint.isClosed) await settleMerges(files, place.folder, facts);
      for await (const merged of compactStream(place, facts, options)) {
        total.replaced += merged.replaced;
        total.merged += merged.merged;
        options.onMerged?.(total);
      }
    }
    await write(checkpoint.isClosed);
  } finally {
    await journal.close();
  }
  return total;
}

interface StreamPlace {
  readonly files: Files;
  readonly folders: Folders;
  readonly journal: FrameFile;
  /** Number of the stream in the journal. */
  readonly index: number;
  readonly folder: string;
}

async function* compactStream(
  place: StreamPlace,
  facts: StreamFacts,
  { nowMs }: CompactOptions,
): AsyncGenerator<MergeCount> {
  for (const group of planMerges(facts.objects, LIMITS, nowMs)) {
    const merger = await mergerOf(group.extension);
    if (merger === undefined) continue;
    for (const alike of await readAlike(group, facts, merger, place)) yield await merge(alike, merger, place);
  }
}

interface Alike extends MergeGroup {
  readonly objects: readonly Uint8Array[];
}

/** Reads the objects of a group, and parts those that do not go together. */
async function readAlike(
  group: MergeGroup,
  facts: StreamFacts,
  merger: Merger,
  place: StreamPlace,
): Promise<readonly Alike[]> {
  const read: { readonly key: string; readonly object: Uint8Array }[] = [];
  for (const key of group.keys) read.push({ key, object: await readObject(key, facts, place) });
  return groupBy(read, ({ object }) => merger.likeness(object))
    .filter(({ length }) => length > 1)
    .map((alike) => ({ ...group, keys: alike.map(({ key }) => key), objects: alike.map(({ object }) => object) }));
}

async function readObject(key: string, { objects }: StreamFacts, { files, folder }: StreamPlace): Promise<Uint8Array> {
  const path = join(folder, key);
  const [bytes, known] = [await readWhole(files, path), objects.get(key)];
  if (bytes !== undefined && known !== undefined && isSameExtent(extentOf(bytes), known)) return bytes;
  throw new ConfigError(`expected what was written at ${path}, got other content: shield verify tells what is lost`, {
    code: "OUTPUT_DAMAGED",
  });
}

/** Said first, linked under its key, said to be there: only then the objects it stands for go. */
async function merge({ keys, objects, ...group }: Alike, merger: Merger, place: StreamPlace): Promise<MergeCount> {
  const { files, folders, journal, index: stream, folder } = place;
  const objectKey = posix.join(group.partition, `merged-${nameOf(keys)}${group.extension}`);
  const body = await merger.merge(objects);
  await journal.append(encodeRecord({ kind: "merging", stream, objectKey }));
  const [from, to] = [join(folders.temporary, objectKey.replaceAll("/", "_")), join(folder, objectKey)];
  await writeWhole(files, from, body);
  if ((await files.link(from, to)) === "exists") throw unknown(to);
  await files.syncDirectory(dirname(to));
  await files.remove(from);
  await journal.append(encodeRecord({ kind: "merged", stream, objectKey, replaced: keys, ...extentOf(body) }));
  await removeObjects(files, folder, keys);
  return { replaced: keys.length, merged: 1 };
}

/** The same objects become the same one. */
function nameOf(keys: readonly string[]): string {
  return createHash("sha256").update(keys.join("\n")).digest("hex").slice(0, 24);
}

function unknown(path: string): ConfigError {
  return new ConfigError(`expected no file at ${path} that nobody has written, got one`, { code: "OUTPUT_UNKNOWN" });
}
