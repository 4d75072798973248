import { ALIGNMENT } from "./frame-file.ts";

/** One state of an entity in a log of states. */
export interface State {
  readonly entityKey: string;
  readonly version: bigint;
  /** What consumers are given for it. */
  readonly line: Uint8Array;
}

/** Where the parts of a record stand in it. */
export interface StateShape {
  readonly entityKey: string;
  readonly version: bigint;
  readonly lineStart: number;
  readonly lineLength: number;
  /** Length of the record, in bytes. */
  readonly length: number;
}

/** Tells that all states before it are published. */
export const PUBLISHED: Uint8Array = Uint8Array.from({ length: ALIGNMENT }, (_, at) => (at === 0 ? 2 : 0));

const STATE_TAG = 1;
const HEADER_BYTES = 16;
const MAX_KEY_BYTES = 255;
/** What has to be read of a record to know its shape. */
export const SHAPE_BYTES = HEADER_BYTES + MAX_KEY_BYTES;

/** Writes a state, padded to a whole number of alignments. */
export function encodeState({ entityKey, version, line }: State): Uint8Array {
  const key = Buffer.from(entityKey);
  if (key.length > MAX_KEY_BYTES)
    throw new RangeError(`expected an entity key of at most 255 bytes, got ${key.length}`);
  const record = Buffer.alloc(lengthOf(key.length, line.length));
  record.writeUInt8(STATE_TAG, 0);
  record.writeUInt8(key.length, 1);
  record.writeUInt32BE(line.length, 4);
  record.writeBigUInt64BE(version, 8);
  record.set(key, HEADER_BYTES);
  record.set(line, HEADER_BYTES + key.length);
  return record;
}

/** Reads the shape of the record that these bytes begin with. */
export function shapeOf(bytes: Uint8Array): StateShape {
  const record = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lineStart = HEADER_BYTES + record.readUInt8(1);
  const lineLength = record.readUInt32BE(4);
  return {
    entityKey: record.toString("utf8", HEADER_BYTES, lineStart),
    version: record.readBigUInt64BE(8),
    lineStart,
    lineLength,
    length: lengthOf(lineStart - HEADER_BYTES, lineLength),
  };
}

/** Visits the records of a frame's payload: `shape` is absent for {@link PUBLISHED}. */
export function* stateRecords(payload: Uint8Array): Generator<{ readonly at: number; readonly shape?: StateShape }> {
  for (let at = 0; at < payload.length; ) {
    const shape = payload[at] === STATE_TAG ? shapeOf(payload.subarray(at)) : undefined;
    yield shape === undefined ? { at } : { at, shape };
    at += shape?.length ?? ALIGNMENT;
  }
}

function lengthOf(keyBytes: number, lineBytes: number): number {
  return Math.ceil((HEADER_BYTES + keyBytes + lineBytes) / ALIGNMENT) * ALIGNMENT;
}
