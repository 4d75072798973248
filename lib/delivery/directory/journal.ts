import { ABSENT, type Answer, foundClaim, OK } from "../answer.ts";
import type { Claim, ClaimLedger, LedgerKey, ObjectHead, Stream } from "../ports.ts";
import { type ClaimBook, createClaimBook, type LiveObject, type ObjectName } from "./claim-book.ts";
import { SHORT_ID_LENGTH } from "./done-table.ts";
import { EMPTY, type Extent } from "./extent.ts";
import type { Files } from "./files.ts";
import { type FrameFile, openFrameFile } from "./frame-file.ts";
import { type CommitRecord, decodeRecords, encodeRecord, type JournalRecord } from "./journal-records.ts";

/** The ledger of a directory, and what its stores note beside it: one file that only grows. */
export interface Journal {
  readonly ledger: ClaimLedger;
  readonly book: Pick<ClaimBook, "events" | "bytes">;
  readonly extent: Extent;
  /** True while all that was claimed is settled, and every write has worked. */
  readonly isSettled: boolean;
  /** The part of the journal that is about one stream. */
  streamAt(index: number): JournalStream;
  close(): Promise<void>;
}

export interface JournalStream {
  /** Length of the stream's file with its last committed object. */
  fileEnd(): number;
  /** Notes who took a key; resolves once that survives a crash. */
  commit(object: Omit<CommitRecord, "kind" | "stream">): Promise<void>;
  /** Who took a key, or undefined when it is free. */
  headOf(objectKey: string): ObjectHead | undefined;
  /** Tells whether the stream has an event. */
  has(ledgerId: string): boolean;
  /** Objects that were claimed for, and whose workers are gone: the directory has just been opened. */
  unfinished(): readonly LiveObject[];
  /** Gives up an unfinished object for good: nobody can write it any more. */
  giveUp(object: LiveObject): Promise<void>;
}

/** As all claims of a directory, it never expires: a directory remembers every event. */
const DONE: Claim = { fence: "", state: "done", leaseUntilMs: 0 };

export interface JournalOptions {
  readonly files: Files;
  readonly path: string;
  readonly streams: readonly Stream[];
  /** Random name of the directory. */
  readonly directory: string;
}

/** Opens the journal of a directory and reads it once. */
export async function openJournal({ files, path, streams, directory }: JournalOptions): Promise<Journal> {
  const file = await openFrameFile(files, path);
  if (file.size === 0) await file.append(encodeRecord({ kind: "begin", directory }));
  const book = createClaimBook(streams.length);
  const fileEnds = streams.map(() => 0);
  for (const record of recordsOf(file)) replay(record, book, fileEnds);
  const commit = async (record: CommitRecord) => {
    await file.append(encodeRecord(record));
    replay(record, book, fileEnds);
  };
  return {
    ledger: createLedger(file, book, streams),
    book,
    get extent() {
      return file.extent;
    },
    get isSettled() {
      return file.isSound && streams.every((_, stream) => book.liveObjects(stream).every(({ head }) => head));
    },
    streamAt: (stream) => ({
      fileEnd: () => fileEnds[stream] ?? 0,
      commit: (object) => commit({ kind: "commit", stream, ...object }),
      headOf: (objectKey) => headOf({ stream, objectKey }, file, book),
      has: (ledgerId) => book.find(stream, ledgerId.slice(0, SHORT_ID_LENGTH)) === "done",
      unfinished: () => book.liveObjects(stream),
      async giveUp(object) {
        const { objectKey, fence } = object;
        if (object.head === undefined)
          await commit({ kind: "commit", stream, objectKey, fence, tombstone: true, fileEnd: 0, ...EMPTY });
        book.release(object);
      },
    }),
    close: () => file.close(),
  };
}

function* recordsOf(file: FrameFile): Generator<JournalRecord> {
  for (const { payload } of file.frames()) yield* decodeRecords(payload);
}

function replay(record: JournalRecord, book: ClaimBook, fileEnds: number[]): void {
  if (record.kind === "commit") {
    fileEnds[record.stream] = Math.max(fileEnds[record.stream] ?? 0, record.fileEnd);
    book.commit(record, { fence: record.fence, tombstone: record.tombstone });
  }
  if (record.kind !== "claims") return;
  // Whoever made a claim that is read here is dead: the lock is ours.
  const lease = { fence: record.fence, leaseUntilMs: 0 };
  for (const shortId of record.shortIds) book.claim(shortId, record, lease);
}

/** A key that is not live has been settled, or was never used: the journal itself knows. That is slow, and rare. */
function headOf(name: ObjectName, file: FrameFile, book: ClaimBook): ObjectHead | undefined {
  const live = book.liveObject(name);
  if (live !== undefined) return live.head;
  for (const record of recordsOf(file)) {
    const isIt = record.kind === "commit" && record.stream === name.stream && record.objectKey === name.objectKey;
    if (isIt) return { fence: record.fence, tombstone: record.tombstone };
  }
  return undefined;
}

function createLedger(file: FrameFile, book: ClaimBook, streams: readonly Stream[]): ClaimLedger {
  const indexes = new Map(streams.map((stream, index) => [streamName(stream), index]));
  const save = createClaimWriter(file);

  function claimOf({ id, ...key }: LedgerKey): { readonly shortId: string; readonly stream: number } {
    const stream = indexes.get(streamName(key));
    if (stream === undefined) throw new TypeError("expected a stream of this directory, got another");
    return { stream, shortId: id.slice(0, SHORT_ID_LENGTH) };
  }

  async function write(key: LedgerKey, { objectKey, fence, leaseUntilMs }: Claim): Promise<Answer<"ok">> {
    if (objectKey === undefined) throw new TypeError("expected a claim for an object, got one without");
    const { shortId, stream } = claimOf(key);
    await save(shortId, book.claim(shortId, { stream, objectKey }, { fence, leaseUntilMs }));
    return OK;
  }

  function find(key: LedgerKey): Claim | undefined {
    const { shortId, stream } = claimOf(key);
    const found = book.find(stream, shortId);
    if (found === undefined || found === "done") return found && DONE;
    const { fence, objectKey, leaseUntilMs } = found;
    return { fence, objectKey, leaseUntilMs, state: "pending" };
  }

  return {
    async insert(key, claim) {
      const found = find(key);
      return found === undefined ? write(key, claim) : foundClaim(found);
    },
    async replace(key, claim, { fence }) {
      const found = find(key);
      if (found === undefined) return ABSENT;
      return found.state === "pending" && found.fence === fence ? write(key, claim) : foundClaim(found);
    },
  };
}

/** Saves claims; those made in one turn of the event loop are one record per object and share one write. */
function createClaimWriter(file: FrameFile): (shortId: string, object: LiveObject) => Promise<unknown> {
  let gathered: Map<LiveObject, string[]> | undefined;
  let saved: Promise<unknown> = Promise.resolve();

  async function saveGathered(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const claims = gathered ?? new Map<LiveObject, string[]>();
    gathered = undefined;
    const records = [...claims].map(([{ stream, objectKey, fence }, shortIds]) =>
      encodeRecord({ kind: "claims", stream, objectKey, fence, shortIds }),
    );
    await file.append(Buffer.concat(records));
  }

  return (shortId, object) => {
    if (gathered === undefined) {
      gathered = new Map();
      saved = saveGathered();
    }
    const shortIds = gathered.get(object) ?? [];
    shortIds.push(shortId);
    gathered.set(object, shortIds);
    return saved;
  };
}

function streamName({ processor, generation }: Stream): string {
  return `${processor} ${generation}`;
}
