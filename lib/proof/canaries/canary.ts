import { createHash } from "node:crypto";
import { NUMBER_DIGITS, SYMBOLS, TEXT_SYMBOLS } from "./alphabet.ts";
import type { Spot } from "./spot.ts";

/** How a canary is written in the input, where it is not written as it is. */
export type Carriage = "raw" | "base64" | "hex" | "percent";

/** What a text inside a longer text looks like to somebody who searches it for personal data. */
export type Guise = "word" | "email" | "domain" | "phone" | "subject id" | "escaped id" | "token";

/** A value that occurs once in all input: wherever it turns up, its origin is known. */
export interface Canary {
  /** Number among the canaries of its round. */
  readonly index: number;
  /** Symbols of the alphabet, or digits. */
  readonly text: string;
  readonly spot: Spot;
  readonly carriage: Carriage;
  readonly guise: Guise;
}

export interface MintOptions {
  readonly digits?: true;
  readonly carriage?: Carriage;
  readonly guise?: Guise;
}

/** Makes canaries, all different, the same ones for the same seed. */
export interface Mint {
  make(spot: Spot, options?: MintOptions): Canary;
  /** The canaries made so far. */
  readonly made: readonly Canary[];
}

export function createMint(seed: string): Mint {
  const made: Canary[] = [];
  return {
    made,
    make(spot, { digits, carriage = "raw", guise = "word" } = {}) {
      const index = made.length;
      const random = createHash("sha256").update(`${seed} ${index}`).digest();
      const text = digits ? digitsOf(random) : symbolsOf(random);
      const canary = { index, text, spot, carriage, guise };
      made.push(canary);
      return canary;
    },
  };
}

function symbolsOf(random: Uint8Array): string {
  return Array.from(random.subarray(0, TEXT_SYMBOLS), (byte) => SYMBOLS[byte % SYMBOLS.length]).join("");
}

/** The first digit is 9, so that the number is never shorter, and none of today's times begins like it. */
function digitsOf(random: Uint8Array): string {
  return `9${Array.from(random.subarray(1, NUMBER_DIGITS), (byte) => byte % 10).join("")}`;
}
