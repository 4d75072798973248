import type { Extent } from "../extent.ts";
import type { Frame } from "../frame-file.ts";
import { type CommitRecord, decodeRecords, type JournalRecord } from "../journal-records.ts";

/** What the journal says of one stream's output. */
export interface StreamFacts {
  /** Objects that are committed, in their order. */
  readonly objects: Map<string, KeptObject>;
  /** Objects that somebody was about to write, and how many events are claimed for each. */
  readonly unfinished: Map<string, number>;
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

function addRecord(facts: JournalFacts, record: JournalRecord): void {
  if (record.kind === "begin") {
    facts.directory = record.directory;
    return;
  }
  const stream = journalFactsOf(facts, record.stream);
  if (record.kind === "commit") addCommit(stream, record);
  else {
    const claimed = stream.unfinished.get(record.objectKey) ?? 0;
    stream.unfinished.set(record.objectKey, claimed + record.shortIds.length);
  }
}

function addCommit(stream: StreamFacts, { objectKey, tombstone, fileEnd, bytes, checksum }: CommitRecord): void {
  const events = stream.unfinished.get(objectKey) ?? 0;
  stream.unfinished.delete(objectKey);
  if (!tombstone) stream.objects.set(objectKey, { fileEnd, bytes, checksum, events });
}

export function journalFactsOf({ streams }: JournalFacts, index: number): StreamFacts {
  streams[index] ??= { objects: new Map(), unfinished: new Map() };
  return streams[index];
}
