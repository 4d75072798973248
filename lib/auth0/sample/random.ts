/** Seeded choices: the same seed gives the same choices on any machine. */
export interface SeededChoices {
  /** A whole number from 0 up to, but not including, `below`. */
  int(below: number): number;
  /** True with a probability between 0 and 1. */
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** Characters of an alphabet. */
  text(alphabet: string, length: number): string;
}

export const DIGITS = "0123456789";
export const HEX = "0123456789abcdef";
export const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Creates a source of choices from a whole number (Mulberry32; not for secrets). */
export function createRandom(seed: number): SeededChoices {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(fraction() * below);
  return {
    int,
    chance: (probability) => fraction() < probability,
    pick: (items) => items[int(items.length)] ?? items[0],
    text: (alphabet, length) => Array.from({ length }, () => alphabet.charAt(int(alphabet.length))).join(""),
  };
}
