import type { Piece, Splitter } from "./splitter.ts";

/** U+FEFF in UTF-8, which some programs write at the start of a file; it is no JSON. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** Leaves out a byte order mark at the start of the stream. */
export function skipByteOrderMark(splitter: Splitter): Splitter {
  let head: Uint8Array | undefined = new Uint8Array();

  function pushHead(bytes: Uint8Array): readonly Piece[] {
    head = undefined;
    const isMarked = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);
    return splitter.push(isMarked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes);
  }
  return {
    push(chunk) {
      if (head === undefined) return splitter.push(chunk);
      head = Buffer.concat([head, chunk]);
      return head.length < BYTE_ORDER_MARK.length ? [] : pushHead(head);
    },
    end: () => [...(head === undefined ? [] : pushHead(head)), ...splitter.end()],
  };
}
