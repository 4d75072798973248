import { FRAGMENT_DIGITS, FRAGMENT_SYMBOLS, SYMBOL_OF_BYTE } from "../canaries/alphabet.ts";
import { findRow } from "./find-row.ts";
import { GRAM, type GramPlace, type GramTable } from "./gram-table.ts";

/** A piece of an indexed text, found in bytes. */
export interface FoundPiece {
  /** Position of the text among those indexed. */
  readonly text: number;
  /** How many symbols of it. */
  readonly length: number;
  readonly reversed: boolean;
}

/** Texts to be found and the table of their grams. */
export interface WantedTexts {
  readonly texts: readonly string[];
  readonly grams: GramTable;
}

const LOW_BITS = 0xfffff;

/**
 * Finds every piece of a wanted text, in either direction and case, in one pass over the bytes.
 *
 * Pieces shorter than {@link FRAGMENT_SYMBOLS} are not told from chance and not found.
 */
export function findPieces(bytes: Uint8Array, wanted: WantedTexts, found: (piece: FoundPiece) => void): void {
  const search: Search = { bytes, wanted, found, high: 0, low: 0, reversedHigh: 0, reversedLow: 0 };
  for (let start = findGram(bytes, 0); start !== -1; ) start = findGram(bytes, searchRow(start, search));
}

function findGram(bytes: Uint8Array, from: number): number {
  return findRow(bytes, from, GRAM, SYMBOL_OF_BYTE);
}

/** Searches the symbols in a row from `start` on, up to the first piece, and returns the position behind them. */
function searchRow(start: number, search: Search): number {
  const { bytes } = search;
  for (let at = start; at < bytes.length; at++) {
    const symbol = SYMBOL_OF_BYTE[bytes[at] ?? 0] ?? -1;
    if (symbol < 0) return at;
    slide(search, symbol);
    const end = at - start < GRAM - 1 ? undefined : matchAt(at + 1 - GRAM, search);
    if (end !== undefined) return end;
  }
  return bytes.length;
}

/** A search under way, with the last symbols as they stand and as they are read backwards. */
interface Search {
  readonly bytes: Uint8Array;
  readonly wanted: WantedTexts;
  readonly found: (piece: FoundPiece) => void;
  high: number;
  low: number;
  reversedHigh: number;
  reversedLow: number;
}

function slide(search: Search, symbol: number): void {
  search.high = ((search.high << 5) | (search.low >>> 15)) & LOW_BITS;
  search.low = ((search.low << 5) | symbol) & LOW_BITS;
  search.reversedLow = (search.reversedLow >>> 5) | ((search.reversedHigh & 31) << 15);
  search.reversedHigh = (search.reversedHigh >>> 5) | (symbol << 15);
}

/** Reports the piece that the window at `start` belongs to, and returns where the piece ends. */
function matchAt(start: number, search: Search): number | undefined {
  const { bytes, wanted, found } = search;
  const forward = wanted.grams.find(search.high, search.low);
  const match = forward && extend(bytes, start, { place: forward, wanted, step: 1 });
  const backward = match ? undefined : wanted.grams.find(search.reversedHigh, search.reversedLow);
  const reversed = backward && extend(bytes, start + GRAM - 1, { place: backward, wanted, step: -1 });
  const best = match ?? reversed;
  if (best === undefined) return undefined;
  found({ text: best.text, length: best.length, reversed: match === undefined });
  return best.end;
}

interface Extension {
  readonly place: GramPlace;
  readonly wanted: WantedTexts;
  /** -1: the text is read backwards. */
  readonly step: 1 | -1;
}

/** Compares symbol by symbol around a gram whose first symbol stands at `origin`; undefined when too few agree. */
function extend(bytes: Uint8Array, origin: number, { place, wanted, step }: Extension) {
  const text = wanted.texts[place.text] ?? "";
  const agrees = (index: number) =>
    index >= 0 &&
    index < text.length &&
    lowerCase(bytes[origin + step * (index - place.offset)]) === text.charCodeAt(index);
  let first = place.offset;
  let behind = place.offset;
  while (agrees(first - 1)) first--;
  while (agrees(behind)) behind++;
  const length = behind - first;
  if (length < shortestPiece(text)) return undefined;
  const last = step === 1 ? behind - 1 : first;
  return { text: place.text, length, end: origin + step * (last - place.offset) + 1 };
}

const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const CASE_BIT = 0x20;

function lowerCase(byte = 0): number {
  return byte >= UPPER_A && byte <= UPPER_Z ? byte | CASE_BIT : byte;
}

function shortestPiece(text: string): number {
  return /^\d+$/.test(text) ? FRAGMENT_DIGITS : FRAGMENT_SYMBOLS;
}
