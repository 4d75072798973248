import { symbolsOf } from "../canaries/alphabet.ts";

/** Symbols of a gram: 40 bits. */
export const GRAM = 8;
/** Every so many symbols of a text a gram begins: a piece of `GRAM + STRIDE - 1` symbols holds one whole. */
const STRIDE = 4;

/** Where a gram comes from. */
export interface GramPlace {
  /** Position of the text among those indexed. */
  readonly text: number;
  /** Position of the gram in the text. */
  readonly offset: number;
}

/** Finds the texts that hold a gram, by the upper and lower 20 bits of its symbols. */
export interface GramTable {
  find(high: number, low: number): GramPlace | undefined;
}

/** Indexes texts of the alphabet. Open addressing in typed arrays, since it is asked at every byte of every output. */
export function createGramTable(texts: readonly string[]): GramTable {
  const count = texts.reduce((sum, text) => sum + offsetsOf(text).length, 0);
  const slots = createSlots(2 ** Math.ceil(Math.log2(Math.max(2, count * 2))));
  for (const [text, letters] of texts.entries()) addText(slots, text, letters);
  return {
    find(high, low) {
      const at = findSlot(slots, high, low);
      return slots.high[at] === -1 ? undefined : { text: slots.text[at] ?? 0, offset: slots.offset[at] ?? 0 };
    },
  };
}

interface Slots {
  /** -1: free. */
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly text: Int32Array;
  readonly offset: Uint8Array;
}

function createSlots(size: number): Slots {
  return {
    high: new Int32Array(size).fill(-1),
    low: new Int32Array(size),
    text: new Int32Array(size),
    offset: new Uint8Array(size),
  };
}

function addText(slots: Slots, text: number, letters: string): void {
  const symbols = symbolsOf(letters);
  for (const offset of offsetsOf(letters)) {
    const [high, low] = [joinSymbols(symbols, offset), joinSymbols(symbols, offset + GRAM / 2)];
    const at = findSlot(slots, high, low);
    slots.high[at] = high;
    slots.low[at] = low;
    slots.text[at] = text;
    slots.offset[at] = offset;
  }
}

/** Where grams of a text begin: at every stride, and so that the last one ends with the text. */
function offsetsOf({ length }: string): readonly number[] {
  const last = length - GRAM;
  const offsets = Array.from({ length: Math.floor(last / STRIDE) + 1 }, (_, step) => step * STRIDE);
  return last % STRIDE === 0 ? offsets : [...offsets, last];
}

function joinSymbols(symbols: Uint8Array, from: number): number {
  let joined = 0;
  for (let at = from; at < from + GRAM / 2; at++) joined = (joined << 5) | (symbols[at] ?? 0);
  return joined;
}

/** The slot of the gram, or the free one where it would be. */
function findSlot({ high, low }: Slots, wantedHigh: number, wantedLow: number): number {
  const mask = high.length - 1;
  let at = ((Math.imul(wantedHigh, 0x9e3779b1) ^ Math.imul(wantedLow, 0x85ebca6b)) >>> 7) & mask;
  while (high[at] !== -1 && (high[at] !== wantedHigh || low[at] !== wantedLow)) at = (at + 1) & mask;
  return at;
}
