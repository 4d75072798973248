import type { Piece, Splitter } from "../../../lib/cli/input/splitter.ts";

/** A piece as text: `line:record`, `line>length` above the limit, `line[` for an array that is left open. */
export function show(piece: Piece): string {
  if ("record" in piece) return `${piece.line}:${Buffer.from(piece.record).toString("utf8")}`;
  return "oversize" in piece ? `${piece.line}>${piece.oversize}` : `${piece.line}[`;
}

/** Splits bytes that come in these chunks. */
export function split(splitter: Splitter, chunks: readonly Uint8Array[]): readonly string[] {
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()].map(show);
}

/** Cuts bytes at the places, wherever they are. */
export function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.slice(index === 0 ? 0 : ends[index - 1], end));
}
