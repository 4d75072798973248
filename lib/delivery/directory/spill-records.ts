import type { Delivery } from "../ports.ts";
import { ALIGNMENT, type FrameFile } from "./frame-file.ts";

const HEADER_BYTES = 16;
const TAG = 1;

/** What is written of a delivery beside its payload. */
type Head = Omit<Delivery, "payload" | "entityKey" | "order" | "sequence" | "attributes">;

/** Writes a delivery, padded to a whole number of alignments. */
export function encodeSpilled(delivery: Delivery): Uint8Array {
  const { ledgerId, deliveryId, deleted, timeMs, feed, envelope, payload } = delivery;
  const head: Head = { ledgerId, deliveryId, deleted, timeMs, feed, envelope };
  const text = Buffer.from(JSON.stringify(head));
  const record = Buffer.alloc(lengthOf(text.length, payload.length));
  record.writeUInt8(TAG, 0);
  record.writeUInt32BE(text.length, 4);
  record.writeUInt32BE(payload.length, 8);
  record.set(text, HEADER_BYTES);
  record.set(payload, HEADER_BYTES + text.length);
  return record;
}

/** Reads the delivery at a position. */
export function readSpilled(file: Pick<FrameFile, "read">, position: number): Delivery {
  const header = viewOf(file.read(position, HEADER_BYTES));
  const [headLength, length] = [header.readUInt32BE(4), header.readUInt32BE(8)];
  return parse(viewOf(file.read(position + HEADER_BYTES, headLength + length)), headLength);
}

/** Visits the deliveries of a frame's payload. */
export function* spilledRecords(payload: Uint8Array): Generator<{ readonly at: number; readonly delivery: Delivery }> {
  const bytes = viewOf(payload);
  for (let at = 0; at < bytes.length; ) {
    const [tag, head, body] = [bytes.readUInt8(at), bytes.readUInt32BE(at + 4), bytes.readUInt32BE(at + 8)];
    if (tag !== TAG) throw new RangeError(`expected a spilled record of kind ${TAG}, got ${tag}`);
    const start = at + HEADER_BYTES;
    yield { at, delivery: parse(bytes.subarray(start, start + head + body), head) };
    at += lengthOf(head, body);
  }
}

function parse(bytes: Buffer, headLength: number): Delivery {
  const head: Head = JSON.parse(bytes.toString("utf8", 0, headLength));
  return { ...head, attributes: {}, payload: bytes.subarray(headLength) };
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function lengthOf(headBytes: number, payloadBytes: number): number {
  return Math.ceil((HEADER_BYTES + headBytes + payloadBytes) / ALIGNMENT) * ALIGNMENT;
}
