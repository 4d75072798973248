import { type Op, REVEALS, type Reveal } from "#plan";
import type { Transform } from "./transform.ts";

/** Finds a transform by its name. */
export type FindTransform = (name: string) => Transform | undefined;

/**
 * What the reader of a chain's result learns of the value.
 *
 * Each transform sees no more than those before it left, and what it hides, none behind it brings back. So a chain
 * tells the sum of what its transforms do, without the facts that are too strong for any one of them. A transform that
 * hides nothing (`ALL`) changes nothing. Two details are about length: where all results of a transform are equally long,
 * a later one cannot tell their length; where their length tells the value, one that does tells all that was left of it.
 *
 * An empty chain reveals `ALL`, a dropped value nothing. An unknown transform counts as one that hides nothing.
 */
export function chainReveals(ops: readonly Op[], find: FindTransform): readonly Reveal[] {
  let left: Left = { reveals: ["ALL"], length: "value" };
  for (const op of ops) left = passOn(op, find(op.op), left);
  return left.reveals;
}

/** What is left of a value between two transforms. */
interface Left {
  readonly reveals: readonly Reveal[];
  /** What the length of what is left tells: nothing, the value's length, or more of the value. */
  readonly length: "fixed" | "value" | "tells";
}

function passOn(op: Op, transform: Transform | undefined, left: Left): Left {
  if (transform === undefined) return left;
  const length = transform.resultLength ?? left.length;
  const own = transform.reveals(op);
  if (own.includes("ALL")) return { reveals: left.reveals, length };
  return { reveals: join(left, own), length };
}

function join({ reveals, length }: Left, own: readonly Reveal[]): readonly Reveal[] {
  const most = Math.min(rankOf(own), rankOf(reveals));
  const isToldByLength = length === "tells" && own.includes("LENGTH");
  if (isToldByLength && reveals.includes("ALL")) return ["ALL"];
  return REVEALS.filter((reveal) => {
    if (reveals.includes(reveal) && isToldByLength) return true;
    if (reveal === "LENGTH" && length === "fixed") return false;
    return RANKS[reveal] <= most && (reveals.includes(reveal) || own.includes(reveal));
  });
}

/** Facts of one rank do not say which of them tells more: a part of a value and its range are alike. */
const RANKS: Readonly<Record<Reveal, number>> = {
  PRESENCE: 0,
  LENGTH: 1,
  EQUALITY: 2,
  PRECISION: 3,
  PARTIAL: 3,
  ALL: 4,
};

function rankOf(reveals: readonly Reveal[]): number {
  return Math.max(-1, ...reveals.map((reveal) => RANKS[reveal]));
}
