import { crc32 } from "node:zlib";
import { EMPTY, type Extent } from "./extent.ts";
import type { Files } from "./files.ts";
import { ALIGNMENT, type FrameFile, openFrameFile } from "./frame-file.ts";
import { createSlotTable, type SlotTable } from "./slot-table.ts";
import {
  encodeMark,
  encodeState,
  SHAPE_BYTES,
  type State,
  type StateRecord,
  type StateShape,
  shapeOf,
  stateRecords,
} from "./state-records.ts";

/** The states of entities in the order of their arrival, and where the newest one of each stands. */
export interface StateLog {
  /** Memory for finding states, in bytes. */
  readonly bytes: number;
  readonly extent: Extent;
  readonly isSound: boolean;
  /** What was published last; undefined while there are states that were not. */
  published(): Extent | undefined;
  /** The newest state of an entity. */
  newestOf(entityKey: string): Pick<State, "order" | "sequence"> | undefined;
  /** Makes these states, of distinct entities, the newest ones; resolves once they survive a crash. */
  append(states: readonly State[]): Promise<void>;
  /** Lines of the newest states, in an order that depends on nothing but the entities. */
  newestLines(): Iterable<Uint8Array>;
  markPublished(extent: Extent): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a log; when most of it is older states, it is written anew without them.
 *
 * The new log says which one it replaces: how the directory's checkpoint knows the old one.
 */
export async function openStateLog(files: Files, path: string, known: Extent): Promise<StateLog> {
  const log = await readLog(files, path);
  if (!isWorthCompacting(log)) return stateLog(log);
  await copyNewest(log, known, { files, path: `${path}.new` });
  await log.file.close();
  await files.rename(`${path}.new`, path);
  return stateLog(await readLog(files, path));
}

/** A log that was read. */
interface Log {
  readonly file: FrameFile;
  /** Slots of a hash of the entity's key and the position of its newest record, in alignments. */
  readonly table: SlotTable;
  /** Length of the newest records together. */
  liveBytes: number;
  published: Extent | undefined;
}

const SLOT_WORDS = 2;

async function readLog(files: Files, path: string): Promise<Log> {
  const file = await openFrameFile(files, path);
  const log: Log = { file, table: createSlotTable(SLOT_WORDS), liveBytes: 0, published: EMPTY };
  for (const { payload, position } of file.frames()) {
    for (const record of stateRecords(payload)) {
      if ("shape" in record) pointAt(position + record.at, record.shape, log);
      log.published = publishedAfter(record);
    }
  }
  return log;
}

/** What is published of a log that ends with this record. */
export function publishedAfter(record: StateRecord): Extent | undefined {
  return "mark" in record && record.mark === "published" ? record.extent : undefined;
}

function stateLog(log: Log): StateLog {
  const { file, table } = log;
  return {
    get bytes() {
      return table.bytes;
    },
    get extent() {
      return file.extent;
    },
    get isSound() {
      return file.isSound;
    },
    published: () => log.published,
    newestOf: (entityKey) => find(entityKey, log)?.shape,
    append: (states) => append(states, log),
    *newestLines() {
      for (const at of newestPositions(log)) {
        const { lineStart, lineLength } = shapeAt(at, file);
        yield file.read(at + lineStart, lineLength);
      }
    },
    async markPublished(extent) {
      await file.append(encodeMark({ mark: "published", extent }));
      log.published = extent;
    },
    close: () => file.close(),
  };
}

async function append(states: readonly State[], log: Log): Promise<void> {
  const records = states.map(encodeState);
  let at = await log.file.append(Buffer.concat(records));
  for (const record of records) {
    pointAt(at, shapeOf(record), log);
    at += record.length;
  }
  log.published = undefined;
}

/** Makes the record at a position the newest of its entity. */
function pointAt(at: number, shape: StateShape, log: Log): void {
  const former = find(shape.entityKey, log);
  log.liveBytes += shape.length - (former?.shape.length ?? 0);
  if (former === undefined) log.table.add([crc32(shape.entityKey), at / ALIGNMENT]);
  else former.words[former.at + 1] = at / ALIGNMENT;
}

interface Found {
  readonly words: Uint32Array;
  readonly at: number;
  readonly shape: StateShape;
}

/** Two entities can share a hash: the record itself tells whose it is. */
function find(entityKey: string, { file, table }: Log): Found | undefined {
  let shape: StateShape | undefined;
  const slot = table.find(crc32(entityKey), ({ words, at }) => {
    shape = shapeAt(positionIn(words, at), file);
    return shape.entityKey === entityKey;
  });
  return slot && shape && { words: slot.words, at: slot.at, shape };
}

function positionIn(words: Uint32Array, at: number): number {
  return (words[at + 1] ?? 0) * ALIGNMENT;
}

function shapeAt(position: number, file: FrameFile): StateShape {
  return shapeOf(file.read(position, SHAPE_BYTES));
}

/** Positions of the newest records, by the hash of their entity. */
function* newestPositions({ file, table }: Log): Generator<number> {
  let group: { readonly hash: number; readonly at: number }[] = [];
  const inOrder = () => group.sort((left, right) => left.hash - right.hash || compareKeys(left.at, right.at, file));
  for (const { words, at } of table.slots()) {
    const entry = { hash: words[at] ?? 0, at: positionIn(words, at) };
    // The table gives the hashes shard by shard: no more than a shard has to be sorted at a time.
    if (group[0] !== undefined && group[0].hash >>> 24 !== entry.hash >>> 24) {
      yield* inOrder().map(({ at: position }) => position);
      group = [];
    }
    group.push(entry);
  }
  yield* inOrder().map(({ at: position }) => position);
}

function compareKeys(left: number, right: number, file: FrameFile): number {
  return shapeAt(left, file).entityKey < shapeAt(right, file).entityKey ? -1 : 1;
}

/** Below this, older states are no burden. */
const SMALL_LOG_BYTES = 2 ** 20;
const COPY_BYTES = 2 ** 20;

function isWorthCompacting({ file, liveBytes }: Log): boolean {
  return file.size > SMALL_LOG_BYTES && liveBytes < file.size / 2;
}

async function copyNewest(log: Log, known: Extent, { files, path }: { files: Files; path: string }): Promise<void> {
  await files.remove(path);
  const copy = await openFrameFile(files, path);
  let records: Uint8Array[] = [encodeMark({ mark: "replaces", extent: known })];
  let bytes = 0;
  for (const at of newestPositions(log)) {
    const record = log.file.read(at, shapeAt(at, log.file).length);
    records.push(record);
    bytes += record.length;
    if (bytes < COPY_BYTES) continue;
    await copy.append(Buffer.concat(records));
    [records, bytes] = [[], 0];
  }
  const { published } = log;
  const last = published === undefined ? [] : [encodeMark({ mark: "published", extent: published })];
  await copy.append(Buffer.concat([...records, ...last]));
  await copy.close();
}
