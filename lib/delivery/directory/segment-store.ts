import { dirname } from "node:path";
import { ConfigError } from "#errors";
import { type Answer, EXISTS, OK } from "../answer.ts";
import type { NewObject, ObjectStore } from "../ports.ts";
import { extentOf } from "./extent.ts";
import type { Files, OpenFile } from "./files.ts";
import type { JournalStream } from "./journal.ts";
import { createMutex } from "./mutex.ts";

export interface SegmentStoreOptions {
  readonly files: Files;
  readonly journal: JournalStream;
  /** The file that the objects are segments of. */
  readonly path: string;
}

export interface SegmentStore extends ObjectStore {
  close(): Promise<void>;
}

/**
 * Opens objects that are segments of one file: appended, made safe, then noted in the journal.
 *
 * What the journal does not know of is cut off when the file is opened and when it is closed.
 *
 * @throws {ConfigError} OUTPUT_DAMAGED when the file has lost bytes that the journal knows of
 */
export async function openSegmentStore({ files, journal, path }: SegmentStoreOptions): Promise<SegmentStore> {
  const file = await files.open(path);
  await files.syncDirectory(dirname(path));
  if (file.size < journal.fileEnd()) throw await damaged(path, journal.fileEnd(), file);
  await cutTo(journal.fileEnd(), file);
  for (const object of journal.unfinished()) await journal.giveUp(object);
  const inTurn = createMutex();
  return {
    create: (object) => inTurn(() => append(object, journal, file)),
    head: async (key) => journal.headOf(key),
    close: () =>
      inTurn(async () => {
        await cutTo(journal.fileEnd(), file);
        await file.close();
      }),
  };
}

async function append(
  { key, body, fence, tombstone }: NewObject,
  journal: JournalStream,
  file: OpenFile,
): Promise<Answer<"ok" | "exists">> {
  if (journal.headOf(key) !== undefined) return EXISTS;
  const start = journal.fileEnd();
  const bytes = tombstone ? new Uint8Array() : body;
  if (bytes.length > 0) {
    await file.write(bytes, start);
    await file.sync();
  }
  await journal.commit({ objectKey: key, fence, tombstone, fileEnd: start + bytes.length, ...extentOf(bytes) });
  return OK;
}

async function cutTo(end: number, file: OpenFile): Promise<void> {
  if (file.size === end) return;
  await file.truncate(end);
  await file.sync();
}

async function damaged(path: string, end: number, file: OpenFile): Promise<ConfigError> {
  const { size } = file;
  await file.close();
  return new ConfigError(`expected at least ${end} bytes in ${path}, got ${size}`, { code: "OUTPUT_DAMAGED" });
}
