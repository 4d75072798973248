import { type Op, REVEALS, type Reveal } from "#plan";
import { chainReveals } from "./chain-reveals.ts";
import { getTransform } from "./table.ts";

/**
 * What the reader of a chain's result learns of the value, as {@link chainReveals} says.
 *
 * @throws {RangeError} when there is no such transform
 */
export function revealsOfChain(ops: readonly Op[]): readonly Reveal[] {
  return chainReveals(ops, (name) => getTransform({ op: name }));
}

/** Place of the strongest fact in `REVEALS`; -1 when there is none. */
export function strength(reveals: readonly Reveal[]): number {
  return Math.max(-1, ...reveals.map((reveal) => REVEALS.indexOf(reveal)));
}
