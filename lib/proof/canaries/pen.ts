import type { Canary, Guise, Mint } from "./canary.ts";
import type { Spot } from "./spot.ts";

/** Writes canaries of one spot. */
export interface Pen {
  /** A canary of letters and digits. */
  word(guise?: Guise): string;
  /** One that the caller encodes before it is written. */
  encoded(carriage: Exclude<Canary["carriage"], "raw">, guise?: Guise): string;
  /** A canary of digits. */
  digits(guise?: Guise): string;
  /** What was written so far. */
  readonly canaries: readonly Canary[];
}

export function createPen(mint: Mint, spot: Spot): Pen {
  const canaries: Canary[] = [];
  const write = (options: Parameters<Mint["make"]>[1]) => {
    const canary = mint.make(spot, options);
    canaries.push(canary);
    return canary.text;
  };
  return {
    canaries,
    word: (guise = "word") => write({ guise }),
    encoded: (carriage, guise = "word") => write({ carriage, guise }),
    digits: (guise = "word") => write({ digits: true, guise }),
  };
}
