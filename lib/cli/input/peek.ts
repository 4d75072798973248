/** A stream whose beginning is known. */
export interface Peeked {
  /** At least as many bytes as were asked for, unless the stream has fewer. */
  readonly head: Uint8Array;
  /** The stream from its first byte. */
  readonly whole: AsyncGenerator<Uint8Array>;
  /** Gives up a stream whose `whole` nobody reads. */
  close(): Promise<unknown>;
}

/** Reads so many bytes of a stream ahead. */
export async function peek(chunks: AsyncIterable<Uint8Array>, length: number): Promise<Peeked> {
  const iterator = chunks[Symbol.asyncIterator]();
  const close = async () => iterator.return?.();
  let head: Uint8Array = new Uint8Array();
  while (head.length < length) {
    const { done, value } = await iterator.next();
    if (done) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  async function* readWhole(): AsyncGenerator<Uint8Array> {
    try {
      yield head;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await close();
    }
  }
  return { head, whole: readWhole(), close };
}
