import { dirname, join } from "node:path";
import { type Answer, EXISTS, OK } from "../answer.ts";
import type { NewObject, ObjectStore } from "../ports.ts";
import { EMPTY, extentOf } from "./extent.ts";
import { type Files, readWhole, writeWhole } from "./files.ts";
import type { JournalStream } from "./journal.ts";
import { createMutex, type Mutex } from "./mutex.ts";

export interface PartStoreOptions {
  readonly files: Files;
  readonly journal: JournalStream;
  /** Directory of the objects; a key is a path below it. It exists. */
  readonly root: string;
  /** Directory for files that are being written, on the same file system. It exists, and is emptied at every opening. */
  readonly temporary: string;
}

/**
 * Opens objects that are files of their own: written aside, made safe, then linked under their key.
 *
 * A reader sees a whole object or none. Tombstones are notes in the journal only. An object that was linked when the
 * last run died is committed now.
 */
export async function openPartStore(options: PartStoreOptions): Promise<ObjectStore> {
  const { files, journal, root } = options;
  for (const object of journal.unfinished()) {
    const { objectKey, fence } = object;
    const written = object.head === undefined ? await readWhole(files, join(root, objectKey)) : undefined;
    if (written === undefined) await journal.giveUp(object);
    else await journal.commit({ objectKey, fence, tombstone: false, fileEnd: 0, ...extentOf(written) });
  }
  const turnOf = createMutexByKey();
  const directories = new Set([root]);
  return {
    create: (object) => turnOf(object.key)(() => create(object, directories, options)),
    head: async (key) => journal.headOf(key),
  };
}

async function create(
  { key, body, fence, tombstone }: NewObject,
  directories: Set<string>,
  { files, journal, root, temporary }: PartStoreOptions,
): Promise<Answer<"ok" | "exists">> {
  if (journal.headOf(key) !== undefined) return EXISTS;
  if (!tombstone) {
    const [from, to] = [join(temporary, key.replaceAll("/", "_")), join(root, key)];
    await writeWhole(files, from, body);
    await makeDirectories(dirname(to), directories, files);
    if ((await files.link(from, to)) === "exists") return EXISTS;
    await files.syncDirectory(dirname(to));
    await files.remove(from);
  }
  await journal.commit({ objectKey: key, fence, tombstone, fileEnd: 0, ...(tombstone ? EMPTY : extentOf(body)) });
  return OK;
}

/** How many directories are known to exist at a time; more are looked for again. */
const MAX_KNOWN_DIRECTORIES = 10_000;

/** Creates the directories above an object and makes their names survive a crash. */
async function makeDirectories(directory: string, known: Set<string>, files: Files): Promise<void> {
  if (known.has(directory)) return;
  await makeDirectories(dirname(directory), known, files);
  await files.makeDirectory(directory);
  await files.syncDirectory(dirname(directory));
  if (known.size >= MAX_KNOWN_DIRECTORIES) return;
  known.add(directory);
}

/** One queue per key: taking a key and writing under it must not cross. */
function createMutexByKey(): (key: string) => Mutex {
  const queues = new Map<string, { readonly inTurn: Mutex; users: number }>();
  return (key) => async (task) => {
    const queue = queues.get(key) ?? { inTurn: createMutex(), users: 0 };
    queues.set(key, queue);
    queue.users++;
    try {
      return await queue.inTurn(task);
    } finally {
      if (--queue.users === 0) queues.delete(key);
    }
  };
}
