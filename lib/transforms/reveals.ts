import { type Op, REVEALS, type Reveal } from "#plan";
import { getTransform } from "./table.ts";

/**
 * What the reader of a chain's result learns of the value: what its least revealing transform lets through.
 *
 * A transform reveals by its strongest fact, in the order of `REVEALS`; of two alike the first counts. Facts are about
 * the value as it reaches that transform: a normalized value that is masked shows the length of the normalized one. An
 * empty chain reveals `ALL`, a dropped value nothing.
 *
 * @throws {RangeError} when there is no such transform
 */
export function revealsOfChain(ops: readonly Op[]): readonly Reveal[] {
  let least: readonly Reveal[] = ["ALL"];
  for (const op of ops) {
    const reveals = getTransform(op).reveals(op);
    if (strength(reveals) < strength(least)) least = reveals;
  }
  return least;
}

/** Place of the strongest fact in `REVEALS`; -1 when there is none. */
export function strength(reveals: readonly Reveal[]): number {
  return Math.max(-1, ...reveals.map((reveal) => REVEALS.indexOf(reveal)));
}
