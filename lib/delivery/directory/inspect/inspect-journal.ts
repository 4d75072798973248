import type { Extent } from "../extent.ts";
import type { Frame } from "../frame-file.ts";
import { type CommitRecord, decodeRecords, type JournalRecord, type MergedRecord } from "../journal-records.ts";

/** What the journal says of one stream's output. */
export interface StreamFacts {
  /** Objects that are committed, in their order. */
  readonly objects: Map<string, KeptObject>;
  /** Objects that somebody was about to write, and how many events are claimed for each. */
  readonly unfinished: Map<string, number>;
  /** Objects that were to take the place of others, and have not. */
  readonly merging: Set<string>;
  /** Objects in whose place another stands. */
  readonly replaced: Set<string>;
}

export interface KeptObject extends Extent {
  /** Length of the stream's file with this object as its last one. */
  readonly fileEnd: number;
  readonly events: number;
}

export interface JournalFacts {
  /** Random name of the directory that the journal belongs to. */
  directory?: string;
  readonly streams: StreamFacts[];
}

/** Adds what a frame of the journal says. */
export function addFrame(facts: JournalFacts, { payload }: Frame): void {
  for (const record of decodeRecords(payload)) addRecord(facts, record);
}

const ADD: { readonly [K in JournalRecord["kind"]]: (facts: JournalFacts, record: RecordOf<K>) => void } = {
  begin(facts, { directory }) {
    facts.directory = directory;
  },
  claims(facts, { stream, objectKey, shortIds }) {
    const { unfinished } = journalFactsOf(facts, stream);
    unfinished.set(objectKey, (unfinished.get(objectKey) ?? 0) + shortIds.length);
  },
  commit: (facts, record) => addCommit(journalFactsOf(facts, record.stream), record),
  merging: (facts, { stream, objectKey }) => journalFactsOf(facts, stream).merging.add(objectKey),
  merged: (facts, record) => addMerged(journalFactsOf(facts, record.stream), record),
};

type RecordOf<K extends JournalRecord["kind"]> = Extract<JournalRecord, { readonly kind: K }>;

function addRecord<K extends JournalRecord["kind"]>(facts: JournalFacts, record: RecordOf<K>): void {
  ADD[record.kind as K](facts, record);
}

function addMerged(stream: StreamFacts, { objectKey, replaced, bytes, checksum }: MergedRecord): void {
  const events = replaced.reduce((sum, key) => sum + (stream.objects.get(key)?.events ?? 0), 0);
  for (const key of replaced) {
    stream.objects.delete(key);
    stream.replaced.add(key);
  }
  stream.merging.delete(objectKey);
  stream.objects.set(objectKey, { fileEnd: 0, bytes, checksum, events });
}

function addCommit(stream: StreamFacts, { objectKey, tombstone, fileEnd, bytes, checksum }: CommitRecord): void {
  const events = stream.unfinished.get(objectKey) ?? 0;
  stream.unfinished.delete(objectKey);
  if (!tombstone) stream.objects.set(objectKey, { fileEnd, bytes, checksum, events });
}

export function journalFactsOf({ streams }: JournalFacts, index: number): StreamFacts {
  streams[index] ??= { objects: new Map(), unfinished: new Map(), merging: new Set(), replaced: new Set() };
  return streams[index];
}
