import { createSlotTable, type Slot } from "./slot-table.ts";

/** Characters of a ledger id that are kept: 96 of its 256 bits, so that two of 10^12 events share them once in 10^5 tries. */
export const SHORT_ID_LENGTH = 16;

const SHORT_ID_BYTES = 12;
const HASH_WORDS = SHORT_ID_BYTES / 4;
const WORD_BITS = 32;
/** Marks a slot as used even before the streams of its last word have the event. */
const USED = 2 ** (WORD_BITS - 1);

/** Remembers which streams have which events, in 16 bytes per slot for up to 31 streams. */
export interface DoneTable {
  /** Distinct events. */
  readonly size: number;
  readonly bytes: number;
  has(shortId: string, stream: number): boolean;
  add(shortId: string, stream: number): void;
}

/** Makes a table for this many streams; ids are the first characters of ledger ids. */
export function createDoneTable(streams: number): DoneTable {
  const maskWords = Math.floor(streams / WORD_BITS) + 1;
  const table = createSlotTable(HASH_WORDS + maskWords);
  const idBytes = Buffer.alloc(SHORT_ID_BYTES);
  const find = (shortId: string): Slot | undefined => {
    // An id that does not fill the bytes would be taken for another one, and its event lost.
    if (idBytes.write(shortId, "base64url") !== SHORT_ID_BYTES) throw new TypeError("expected an id, got another text");
    const [second, third] = [idBytes.readUInt32BE(4), idBytes.readUInt32BE(8)];
    return table.find(idBytes.readUInt32BE(0), ({ words, at }) => words[at + 1] === second && words[at + 2] === third);
  };
  return {
    get size() {
      return table.size;
    },
    get bytes() {
      return table.bytes;
    },
    has(shortId, stream) {
      const slot = find(shortId);
      return slot !== undefined && ((slot.words[maskAt(slot, stream)] ?? 0) & bitOf(stream)) !== 0;
    },
    add(shortId, stream) {
      const known = find(shortId);
      if (known === undefined) table.add(newSlot(idBytes, maskWords));
      const slot = known ?? find(shortId);
      if (slot !== undefined)
        slot.words[maskAt(slot, stream)] = (slot.words[maskAt(slot, stream)] ?? 0) | bitOf(stream);
    },
  };
}

function newSlot(idBytes: Buffer, maskWords: number): readonly number[] {
  const hash = Array.from({ length: HASH_WORDS }, (_, word) => idBytes.readUInt32BE(word * 4));
  const masks = Array.from({ length: maskWords }, (_, word) => (word === maskWords - 1 ? USED : 0));
  return [...hash, ...masks];
}

function maskAt({ at }: Slot, stream: number): number {
  return at + HASH_WORDS + Math.floor(stream / WORD_BITS);
}

function bitOf(stream: number): number {
  return 1 << (stream % WORD_BITS);
}
