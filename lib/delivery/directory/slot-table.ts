/**
 * A hash table in flat memory: slots of a few 32-bit words, and nothing else per entry.
 *
 * The first word of a slot is (part of) the entry's hash; the last one is never 0, which marks a free slot. Entries are
 * never removed. The table is cut into shards that grow one at a time and by a little, so that between 78 % and 90 % of
 * the slots are in use once there are many entries.
 */
export interface SlotTable {
  readonly size: number;
  /** Memory for slots, in bytes. */
  readonly bytes: number;
  /** Finds the first slot with this hash that matches; undefined when there is none. */
  find(hash: number, matches: (slot: Slot) => boolean): Slot | undefined;
  /** Adds an entry: `words` begins with its hash. */
  add(words: readonly number[]): void;
  /** Visits every entry, shard by shard; the shards are in the order of the hashes' first 8 bits. */
  slots(): Iterable<Slot>;
}

/** Where an entry stands; valid until the next one is added. */
export interface Slot {
  readonly words: Uint32Array;
  readonly at: number;
}

const SHARDS = 256;
const POSITION_BITS = 24;
/** Slots by which a shard grows at least. */
const LEAST_GROWTH = 8;
/** Searching gets long above it, even though the words lie side by side. */
const FULLEST = 0.9;
const GROWTH = 1.15;

interface Shard {
  words: Uint32Array;
  used: number;
}

/** Makes an empty table whose slots are `width` words wide. */
export function createSlotTable(width: number): SlotTable {
  // One slot, which is too few to be filled: all shards can begin with the same.
  const none = emptySlots(1, width);
  const shards = Array.from({ length: SHARDS }, (): Shard => ({ words: none, used: 0 }));
  const shardOf = (hash: number) => shards[hash >>> POSITION_BITS] as Shard;
  return {
    get size() {
      return shards.reduce((sum, { used }) => sum + used, 0);
    },
    get bytes() {
      return shards.reduce((sum, { words }) => sum + words.byteLength, 0);
    },
    find(hash, matches) {
      const { words } = shardOf(hash);
      for (let at = homeOf(hash, words, width); !isFree(words, at, width); at = nextOf(at, words, width)) {
        if (words[at] === hash && matches({ words, at })) return { words, at };
      }
      return undefined;
    },
    add(entry) {
      const shard = shardOf(entry[0] ?? 0);
      if (shard.used + 1 > (shard.words.length / width) * FULLEST) grow(shard, width);
      shard.words.set(entry, freeSlot(entry[0] ?? 0, shard.words, width));
      shard.used++;
    },
    *slots() {
      for (const { words } of shards) yield* usedSlots(words, width);
    },
  };
}

function emptySlots(capacity: number, width: number): Uint32Array {
  return new Uint32Array(capacity * width);
}

function grow(shard: Shard, width: number): void {
  const capacity = shard.words.length / width;
  const larger = emptySlots(Math.max(capacity + LEAST_GROWTH, Math.ceil(capacity * GROWTH)), width);
  for (let from = 0; from < shard.words.length; from += width) {
    if (isFree(shard.words, from, width)) continue;
    const to = freeSlot(shard.words[from] ?? 0, larger, width);
    for (let word = 0; word < width; word++) larger[to + word] = shard.words[from + word] ?? 0;
  }
  shard.words = larger;
}

/** Where an entry with this hash goes. */
function freeSlot(hash: number, words: Uint32Array, width: number): number {
  let at = homeOf(hash, words, width);
  while (!isFree(words, at, width)) at = nextOf(at, words, width);
  return at;
}

function* usedSlots(words: Uint32Array, width: number): Generator<Slot> {
  for (let at = 0; at < words.length; at += width) if (!isFree(words, at, width)) yield { words, at };
}

/** The bits that did not choose the shard spread the entries over it, whatever its capacity. */
function homeOf(hash: number, words: Uint32Array, width: number): number {
  const fraction = (hash & (2 ** POSITION_BITS - 1)) / 2 ** POSITION_BITS;
  return Math.floor((fraction * words.length) / width) * width;
}

function nextOf(at: number, words: Uint32Array, width: number): number {
  return at + width < words.length ? at + width : 0;
}

function isFree(words: Uint32Array, at: number, width: number): boolean {
  return words[at + width - 1] === 0;
}
