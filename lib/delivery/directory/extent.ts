import { crc32 } from "node:zlib";

/** How long a run of bytes is, and its CRC-32: enough to know it again after an accident, not after an attack. */
export interface Extent {
  readonly bytes: number;
  readonly checksum: number;
}

export const EMPTY: Extent = { bytes: 0, checksum: 0 };

export function extentOf(bytes: Uint8Array): Extent {
  return extend(EMPTY, bytes);
}

/** The extent of a run with more bytes behind it. */
export function extend({ bytes, checksum }: Extent, more: Uint8Array): Extent {
  return { bytes: bytes + more.length, checksum: crc32(more, checksum) };
}

export function isSameExtent(one: Extent, other: Extent): boolean {
  return one.bytes === other.bytes && one.checksum === other.checksum;
}

/** Reads a run of a file piece by piece. */
export function readExtent(file: Reading, start: number, length: number): Extent {
  let extent = EMPTY;
  while (extent.bytes < length) {
    const piece = file.read(start + extent.bytes, Math.min(PIECE_BYTES, length - extent.bytes));
    if (piece.length === 0) break;
    extent = extend(extent, piece);
  }
  return extent;
}

interface Reading {
  read(position: number, length: number): Uint8Array;
}

const PIECE_BYTES = 2 ** 20;
