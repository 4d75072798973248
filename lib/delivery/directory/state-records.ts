import type { Extent } from "./extent.ts";
import { ALIGNMENT } from "./frame-file.ts";

/** One state of an entity in a log of states. */
export interface State {
  readonly entityKey: string;
  /** Place among the entity's states: the greatest string is the newest. */
  readonly order: string;
  /** Which of the entity's states it is; 1 is the first. */
  readonly sequence: number;
  /** What consumers are given for it. */
  readonly line: Uint8Array;
}

/** Where the parts of a record stand in it. */
export interface StateShape {
  readonly entityKey: string;
  readonly order: string;
  readonly sequence: number;
  readonly lineStart: number;
  readonly lineLength: number;
  /** Length of the record, in bytes. */
  readonly length: number;
}

/** A record about the log itself. */
export interface Mark {
  /** `published`: all states before it are in the published file, of this extent. `replaces`: the log took the place of a longer one that began like this. */
  readonly mark: keyof typeof MARK_TAGS;
  readonly extent: Extent;
}

const MARK_TAGS = { published: 2, replaces: 3 } as const;

const STATE_TAG = 1;
const HEADER_BYTES = 16;
const MAX_KEY_BYTES = 255;
const MAX_ORDER_BYTES = 255;
/** What has to be read of a record to know its shape. */
export const SHAPE_BYTES = HEADER_BYTES + MAX_KEY_BYTES + MAX_ORDER_BYTES;

/** Writes a state, padded to a whole number of alignments. */
export function encodeState({ entityKey, order, sequence, line }: State): Uint8Array {
  const key = shortText(entityKey, "an entity key", MAX_KEY_BYTES);
  const place = shortText(order, "an order", MAX_ORDER_BYTES);
  const record = Buffer.alloc(lengthOf(key.length + place.length, line.length));
  record.writeUInt8(STATE_TAG, 0);
  record.writeUInt8(key.length, 1);
  record.writeUInt8(place.length, 2);
  record.writeUInt32BE(line.length, 4);
  record.writeUIntBE(sequence, 8, 6);
  record.set(key, HEADER_BYTES);
  record.set(place, HEADER_BYTES + key.length);
  record.set(line, HEADER_BYTES + key.length + place.length);
  return record;
}

function shortText(text: string, what: string, most: number): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length > most) throw new RangeError(`expected ${what} of at most ${most} bytes, got ${bytes.length}`);
  return bytes;
}

/** Writes a mark: one alignment. */
export function encodeMark({ mark, extent }: Mark): Uint8Array {
  const record = Buffer.alloc(ALIGNMENT);
  record.writeUInt8(MARK_TAGS[mark], 0);
  record.writeUInt32BE(extent.checksum, 4);
  record.writeUIntBE(extent.bytes, 8, 6);
  return record;
}

function readMark(bytes: Uint8Array): Mark {
  const record = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = record.readUInt8(0) === MARK_TAGS.replaces ? "replaces" : "published";
  return { mark, extent: { bytes: record.readUIntBE(8, 6), checksum: record.readUInt32BE(4) } };
}

/** Reads the shape of the record that these bytes begin with. */
export function shapeOf(bytes: Uint8Array): StateShape {
  const record = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const orderStart = HEADER_BYTES + record.readUInt8(1);
  const lineStart = orderStart + record.readUInt8(2);
  const lineLength = record.readUInt32BE(4);
  return {
    entityKey: record.toString("utf8", HEADER_BYTES, orderStart),
    order: record.toString("utf8", orderStart, lineStart),
    sequence: record.readUIntBE(8, 6),
    lineStart,
    lineLength,
    length: lengthOf(lineStart - HEADER_BYTES, lineLength),
  };
}

/** Visits the records of a frame's payload. */
export function* stateRecords(payload: Uint8Array): Generator<StateRecord> {
  for (let at = 0; at < payload.length; ) {
    const record =
      payload[at] === STATE_TAG ? { shape: shapeOf(payload.subarray(at)) } : readMark(payload.subarray(at));
    yield { at, ...record };
    at += "shape" in record ? record.shape.length : ALIGNMENT;
  }
}

export type StateRecord = { readonly at: number } & ({ readonly shape: StateShape } | Mark);

function lengthOf(nameBytes: number, lineBytes: number): number {
  return Math.ceil((HEADER_BYTES + nameBytes + lineBytes) / ALIGNMENT) * ALIGNMENT;
}
