import { SHORT_ID_LENGTH } from "./done-table.ts";
import type { Extent } from "./extent.ts";

/** One entry of the journal. Streams are numbered as the register lists them. */
export type JournalRecord = BeginRecord | ClaimsRecord | CommitRecord | MergingRecord | MergedRecord;

/** The first entry of every journal. */
export interface BeginRecord {
  readonly kind: "begin";
  /** Random name of the directory. */
  readonly directory: string;
}

/** Events that are claimed for an object. */
export interface ClaimsRecord {
  readonly kind: "claims";
  readonly stream: number;
  readonly objectKey: string;
  readonly fence: string;
  /** First characters of ledger ids. */
  readonly shortIds: readonly string[];
}

/** An object that is there for good, or a key that is taken so that no object will be. */
export interface CommitRecord extends Extent {
  readonly kind: "commit";
  readonly stream: number;
  readonly objectKey: string;
  readonly fence: string;
  readonly tombstone: boolean;
  /** Length of the stream's file with this object as its last one; 0 where objects are files of their own. */
  readonly fileEnd: number;
}

/** An object that is about to take the place of others: until it has, it counts for nothing. */
export interface MergingRecord {
  readonly kind: "merging";
  readonly stream: number;
  readonly objectKey: string;
}

/** An object that has taken the place of others; their files may still be there. */
export interface MergedRecord extends Extent {
  readonly kind: "merged";
  readonly stream: number;
  readonly objectKey: string;
  readonly replaced: readonly string[];
}

type Kind = JournalRecord["kind"];

/** How a kind of record is written: a byte that tells it, and its fields in order. */
interface Codec<Of extends JournalRecord> {
  readonly tag: number;
  write(writer: Writer, record: Of): void;
  read(reader: Reader): Of;
}

const CODECS: { readonly [K in Kind]: Codec<Extract<JournalRecord, { kind: K }>> } = {
  begin: {
    tag: 3,
    write: (writer, { directory }) => writer.text(directory),
    read: (reader) => ({ kind: "begin", directory: reader.text() }),
  },
  claims: {
    tag: 1,
    write(writer, { stream, objectKey, fence, shortIds }) {
      writer.number(stream);
      for (const text of [objectKey, fence]) writer.text(text);
      writer.bytes(Buffer.from(shortIds.join(""), "base64url"));
    },
    read: (reader) => ({
      kind: "claims",
      stream: reader.number(),
      objectKey: reader.text(),
      fence: reader.text(),
      shortIds: cut(reader.bytes().toString("base64url"), SHORT_ID_LENGTH),
    }),
  },
  commit: {
    tag: 2,
    write(writer, { stream, objectKey, fence, tombstone, fileEnd, bytes, checksum }) {
      writer.number(stream);
      for (const text of [objectKey, fence]) writer.text(text);
      writer.number(tombstone ? 1 : 0);
      for (const number of [fileEnd, bytes, checksum]) writer.number(number);
    },
    read: (reader) => ({
      kind: "commit",
      stream: reader.number(),
      objectKey: reader.text(),
      fence: reader.text(),
      tombstone: reader.number() === 1,
      fileEnd: reader.number(),
      bytes: reader.number(),
      checksum: reader.number(),
    }),
  },
  merging: {
    tag: 4,
    write(writer, { stream, objectKey }) {
      writer.number(stream);
      writer.text(objectKey);
    },
    read: (reader) => ({ kind: "merging", stream: reader.number(), objectKey: reader.text() }),
  },
  merged: {
    tag: 5,
    write(writer, { stream, objectKey, bytes, checksum, replaced }) {
      writer.number(stream);
      writer.text(objectKey);
      for (const number of [bytes, checksum]) writer.number(number);
      writer.text(replaced.join(NEWLINE));
    },
    read: (reader) => ({
      kind: "merged",
      stream: reader.number(),
      objectKey: reader.text(),
      bytes: reader.number(),
      checksum: reader.number(),
      replaced: reader.text().split(NEWLINE),
    }),
  },
};

const PADDING = 0;
/** Between keys: none holds one. */
const NEWLINE = "\n";
const NUMBER_BYTES = 6;
const LENGTH_BYTES = 4;

export function encodeRecord<Of extends JournalRecord>(record: Of): Uint8Array {
  const codec = CODECS[record.kind] as unknown as Codec<Of>;
  const chunks: Uint8Array[] = [Uint8Array.of(codec.tag)];
  codec.write(writerTo(chunks), record);
  return Buffer.concat(chunks);
}

/** Reads every record of a frame's payload. */
export function* decodeRecords(payload: Uint8Array): Generator<JournalRecord> {
  const reader = readerOf(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength));
  while (!reader.isAtEnd()) {
    const tag = reader.byte();
    if (tag === PADDING) continue;
    const codec = Object.values(CODECS).find((each) => each.tag === tag);
    // The checksum was right, so a tag that is not known was written by a later version.
    if (codec === undefined)
      throw new RangeError(`expected a journal record of kind 1 to ${Object.keys(CODECS).length}, got ${tag}`);
    yield codec.read(reader);
  }
}

interface Writer {
  number(value: number): void;
  text(value: string): void;
  bytes(value: Uint8Array): void;
}

function writerTo(chunks: Uint8Array[]): Writer {
  const bytes = (value: Uint8Array): void => {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(value.length);
    chunks.push(length, value);
  };
  return {
    bytes,
    text: (value) => bytes(Buffer.from(value)),
    number(value) {
      const number = Buffer.alloc(NUMBER_BYTES);
      number.writeUIntBE(value, 0, NUMBER_BYTES);
      chunks.push(number);
    },
  };
}

interface Reader {
  isAtEnd(): boolean;
  byte(): number;
  number(): number;
  text(): string;
  bytes(): Buffer;
}

function readerOf(payload: Buffer): Reader {
  let at = 0;
  const take = (length: number): Buffer => {
    at += length;
    return payload.subarray(at - length, at);
  };
  const bytes = () => take(take(LENGTH_BYTES).readUInt32BE());
  return {
    isAtEnd: () => at >= payload.length,
    byte: () => take(1).readUInt8(),
    number: () => take(NUMBER_BYTES).readUIntBE(0, NUMBER_BYTES),
    bytes,
    text: () => bytes().toString(),
  };
}

function cut(text: string, length: number): readonly string[] {
  return Array.from({ length: text.length / length }, (_, index) => text.slice(index * length, (index + 1) * length));
}
