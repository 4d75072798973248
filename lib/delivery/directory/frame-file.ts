import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { ConfigError } from "#errors";
import type { Files, OpenFile } from "./files.ts";

/** Chunks begin at multiples of it, so that a position fits 32 bits in files of up to 64 GiB. */
export const ALIGNMENT = 16;

/** A file that only grows, by frames that are there whole or not at all. */
export interface FrameFile {
  /** Length of the whole frames, in bytes. */
  readonly size: number;
  /**
   * Appends a chunk and resolves with its position once it survives a crash. Chunks that wait for the same write share a
   * frame. After a failure nothing more is written, and every append fails alike.
   */
  append(chunk: Uint8Array): Promise<number>;
  /** Reads bytes of a chunk that is there. */
  read(position: number, length: number): Uint8Array;
  /** Visits every frame, oldest first; `payload` holds whole chunks, each padded with zeros. */
  frames(): Iterable<Frame>;
  close(): Promise<void>;
}

export interface Frame {
  readonly payload: Uint8Array;
  /** Position of the payload in the file. */
  readonly position: number;
}

const HEADER_BYTES = 16;
/** Begins every frame. No UTF-8 text holds these bytes, so that no payload of text looks like a frame. */
const MAGIC = Buffer.from([0xff, 0x5e, 0xfa, 0x01]);
/** How much of a damaged file is looked at in one go; a multiple of the alignment. */
const WINDOW_BYTES = 2 ** 20;

/**
 * Opens a frame file and cuts off what a crash left behind its last whole frame.
 *
 * A frame is written once the one before it is safe, so only the last one can be torn. A broken frame with a whole one
 * behind it was damaged later, and is refused: cutting it off would forget what was remembered.
 *
 * @throws {ConfigError} OUTPUT_DAMAGED
 */
export async function openFrameFile(files: Files, path: string): Promise<FrameFile> {
  const file = await files.open(path);
  await files.syncDirectory(dirname(path));
  const end = endOfFrames(file);
  if (end < file.size) {
    if (hasFrameBehind(file, end)) throw damaged(path, end);
    await file.truncate(end);
  }
  return frameFile(file, end);
}

function frameFile(file: OpenFile, end: number): FrameFile {
  let size = end;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;

  async function writeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        if (failure !== undefined) throw failure.error;
        await writeFrame(batch);
      } catch (error) {
        failure = { error };
        for (const { reject } of batch) reject(error);
      }
    }
    writing = undefined;
  }

  async function writeFrame(batch: readonly Waiting[]): Promise<void> {
    const payload = Buffer.concat(batch.map(({ chunk }) => chunk));
    await file.write(Buffer.concat([headerOf(payload), payload]), size);
    await file.sync();
    let position = size + HEADER_BYTES;
    size = position + payload.length;
    for (const { chunk, resolve } of batch) {
      resolve(position);
      position += chunk.length;
    }
  }

  return {
    get size() {
      return size;
    },
    append(chunk) {
      return new Promise((resolve, reject) => {
        waiting.push({ chunk: padded(chunk), resolve, reject });
        writing ??= writeWaiting();
      });
    },
    read: (position, length) => file.read(position, length),
    *frames() {
      for (const { position, length } of wholeFrames(file)) yield { position, payload: file.read(position, length) };
    },
    async close() {
      await writing;
      await file.close();
    },
  };
}

interface Waiting {
  readonly chunk: Uint8Array;
  readonly resolve: (position: number) => void;
  readonly reject: (error: unknown) => void;
}

function padded(chunk: Uint8Array): Uint8Array {
  const excess = chunk.length % ALIGNMENT;
  return excess === 0 ? chunk : Buffer.concat([chunk, new Uint8Array(ALIGNMENT - excess)]);
}

function headerOf(payload: Uint8Array): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES);
  header.set(MAGIC);
  header.writeUInt32BE(payload.length, 4);
  header.writeUInt32BE(crc32(payload), 8);
  header.writeUInt32BE(crc32(header.subarray(0, 12)), 12);
  return header;
}

/** Where a payload stands, when there is a whole frame at this position. */
function frameAt(file: OpenFile, at: number): { readonly position: number; readonly length: number } | undefined {
  const header = Buffer.from(file.read(at, HEADER_BYTES));
  if (header.length < HEADER_BYTES || !header.subarray(0, 4).equals(MAGIC)) return undefined;
  if (header.readUInt32BE(12) !== crc32(header.subarray(0, 12))) return undefined;
  const position = at + HEADER_BYTES;
  const length = header.readUInt32BE(4);
  const isWhole = position + length <= file.size && crc32(file.read(position, length)) === header.readUInt32BE(8);
  return isWhole ? { position, length } : undefined;
}

function* wholeFrames(file: OpenFile): Generator<{ readonly position: number; readonly length: number }> {
  let frame = frameAt(file, 0);
  while (frame !== undefined) {
    yield frame;
    frame = frameAt(file, frame.position + frame.length);
  }
}

function endOfFrames(file: OpenFile): number {
  let end = 0;
  for (const { position, length } of wholeFrames(file)) end = position + length;
  return end;
}

function hasFrameBehind(file: OpenFile, end: number): boolean {
  for (let start = end; start < file.size; start += WINDOW_BYTES) {
    const window = Buffer.from(file.read(start, WINDOW_BYTES));
    for (let at = window.indexOf(MAGIC); at !== -1; at = window.indexOf(MAGIC, at + 1)) {
      if (at % ALIGNMENT === 0 && frameAt(file, start + at) !== undefined) return true;
    }
  }
  return false;
}

function damaged(path: string, at: number): ConfigError {
  return new ConfigError(`expected a whole record at byte ${at} of ${path}, got a damaged one`, {
    code: "OUTPUT_DAMAGED",
  });
}
