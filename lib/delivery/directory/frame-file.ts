import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { ConfigError } from "#errors";
import { EMPTY, type Extent, extend } from "./extent.ts";
import type { Files, OpenFile, ReadableFile } from "./files.ts";

/** Chunks begin at multiples of it, so that a position fits 32 bits in files of up to 64 GiB. */
export const ALIGNMENT = 16;

/** A file that only grows, by frames that are there whole or not at all. */
export interface FrameFile {
  /** Length of the whole frames, in bytes. */
  readonly size: number;
  readonly extent: Extent;
  /** False once a write has failed: then the file may hold more than its whole frames. */
  readonly isSound: boolean;
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
  /** The file from its beginning to the end of the frame. */
  readonly extent: Extent;
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
  if (end.bytes < file.size) {
    if (hasFrameBehind(file, end.bytes)) throw damaged(path, end.bytes);
    await file.truncate(end.bytes);
  }
  return frameFile(file, end);
}

function frameFile(file: OpenFile, end: Extent): FrameFile {
  let extent = end;
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
    const frame = frameOf(Buffer.concat(batch.map(({ chunk }) => chunk)));
    await file.write(frame, extent.bytes);
    await file.sync();
    let position = extent.bytes + HEADER_BYTES;
    extent = extend(extent, frame);
    for (const { chunk, resolve } of batch) {
      resolve(position);
      position += chunk.length;
    }
  }

  return {
    get size() {
      return extent.bytes;
    },
    get extent() {
      return extent;
    },
    get isSound() {
      return failure === undefined;
    },
    append(chunk) {
      if (failure !== undefined) return Promise.reject(failure.error);
      return new Promise((resolve, reject) => {
        waiting.push({ chunk: padded(chunk), resolve, reject });
        writing ??= writeWaiting();
      });
    },
    read: (position, length) => file.read(position, length),
    frames: () => scanFrames(file),
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

function frameOf(payload: Uint8Array): Uint8Array {
  return Buffer.concat([headerOf(payload), payload]);
}

function headerOf(payload: Uint8Array): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES);
  header.set(MAGIC);
  header.writeUInt32BE(payload.length, 4);
  header.writeUInt32BE(crc32(payload), 8);
  header.writeUInt32BE(crc32(header.subarray(0, 12)), 12);
  return header;
}

/** Visits the whole frames of a file from its beginning to the first one that is none. */
export function* scanFrames(file: ReadableFile): Generator<Frame> {
  let extent = EMPTY;
  for (let frame = frameAt(file, 0); frame !== undefined; frame = frameAt(file, extent.bytes)) {
    extent = extend(extend(extent, frame.header), frame.payload);
    yield { payload: frame.payload, position: extent.bytes - frame.payload.length, extent };
  }
}

interface WholeFrame {
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
}

function frameAt(file: ReadableFile, at: number): WholeFrame | undefined {
  const header = Buffer.from(file.read(at, HEADER_BYTES));
  if (header.length < HEADER_BYTES || !header.subarray(0, 4).equals(MAGIC)) return undefined;
  if (header.readUInt32BE(12) !== crc32(header.subarray(0, 12))) return undefined;
  const length = header.readUInt32BE(4);
  if (at + HEADER_BYTES + length > file.size) return undefined;
  const payload = file.read(at + HEADER_BYTES, length);
  return crc32(payload) === header.readUInt32BE(8) ? { header, payload } : undefined;
}

function endOfFrames(file: ReadableFile): Extent {
  let end = EMPTY;
  for (const { extent } of scanFrames(file)) end = extent;
  return end;
}

/** Tells whether a whole frame stands behind this position, at which there is none. */
export function hasFrameBehind(file: ReadableFile, end: number): boolean {
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
