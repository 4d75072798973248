import { type Op, REVEALS, type Reveal } from "#plan";
import { revealsOfChain, TRANSFORMS } from "#transforms";

/** What a chain reveals; nothing where it names a transform that does not exist, which is reported where it is written. */
export function revealsOf(ops: readonly Op[]): readonly Reveal[] {
  return ops.every(({ op }) => TRANSFORMS.has(op)) ? revealsOfChain(ops) : [];
}

/** Lists what is revealed beyond what is allowed: `ALL` allows everything, and any fact tells that there is a value. */
export function revealsBeyond(reveals: readonly Reveal[], allowed: readonly Reveal[]): readonly Reveal[] {
  if (allowed.includes("ALL")) return [];
  return reveals.filter((reveal) => !allowed.includes(reveal) && !(reveal === "PRESENCE" && allowed.length > 0));
}

/** How much a chain reveals at the most: the place of its strongest fact in `REVEALS`, -1 for nothing. */
export function strengthOf(ops: readonly Op[]): number {
  return Math.max(-1, ...revealsOf(ops).map((reveal) => REVEALS.indexOf(reveal)));
}
