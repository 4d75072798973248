import { createDraw } from "#support/seeded-random";

/** Draws what a generator needs. */
export interface Pick {
  below(bound: number): number;
  of<T>(items: readonly [T, ...T[]]): T;
  /** So many characters of an alphabet. */
  text(alphabet: string, length: number): string;
}

export function createPick(seed: string): Pick {
  const below = createDraw(seed);
  return {
    below,
    of: (items) => items[below(items.length)] ?? items[0],
    text: (alphabet, length) => Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join(""),
  };
}

export const LOWER = "abcdefghijklmnopqrstuvwxyz";
export const DIGITS = "0123456789";
export const HEX = "0123456789abcdef";
export const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
export const ALPHANUMERIC = BASE64URL.slice(0, -2);
