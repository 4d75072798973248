import { createGunzip } from "node:zlib";
import { peek } from "./peek.ts";

/**
 * How much is handed to the decompressor at a time, in bytes.
 *
 * What a piece yields is lost when it turns out to be damaged, so pieces are small.
 */
const PIECE_BYTES = 512;

/** The first bytes of gzip data (RFC 1952, 2.3.1). */
const MAGIC = [0x1f, 0x8b] as const;

/** Decompresses what is gzip data by its name or by its first bytes, and passes everything else on. */
export async function* decompress(chunks: AsyncIterable<Uint8Array>, isNamedGzip: boolean): AsyncGenerator<Uint8Array> {
  const { head, whole } = await peek(chunks, MAGIC.length);
  yield* isNamedGzip || MAGIC.every((byte, index) => head[index] === byte) ? gunzip(whole) : whole;
}

/**
 * Decompresses gzip data, all members of it.
 *
 * What the pieces before a damaged one hold is yielded before the error is thrown; a stream that is read as a stream
 * would drop what it has not handed over.
 */
async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decompressor = openDecompressor();
  try {
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
        await decompressor.write(chunk.subarray(start, start + PIECE_BYTES));
        yield* decompressor.take();
      }
    }
    await decompressor.end();
    yield* decompressor.take();
  } finally {
    decompressor.close();
  }
}

function openDecompressor() {
  const stream = createGunzip();
  let output: Uint8Array[] = [];
  let failure: unknown;
  let isOver = false;
  let wake = () => {};
  stream.on("data", (chunk) => output.push(chunk));
  stream.on("end", () => finish(undefined));
  stream.on("error", finish);

  function finish(error: unknown): void {
    failure = error;
    isOver = true;
    wake();
  }
  /** Resolves when the stream is done with what it was given; one that is over never calls back. */
  function untilDone(give: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      if (isOver) resolve();
      else give(resolve);
    });
  }
  return {
    write: (piece: Uint8Array) => untilDone((done) => stream.write(piece, () => done())),
    end: () => untilDone(() => stream.end()),
    /** Yields what has come out so far, then throws if the stream has failed. */
    *take(): Generator<Uint8Array> {
      const taken = output;
      output = [];
      yield* taken;
      if (failure !== undefined) throw failure;
    },
    close: () => stream.destroy(),
  };
}
