import type { JsonKind } from "#json";
import type { Op } from "#plan";
import type { Canary, Guise } from "../canaries/canary.ts";
import { commonSubstring } from "./common-substring.ts";

/** A value before or after a treatment. */
export interface Sample {
  readonly kind: JsonKind;
  /** A string as it is read; the JSON text of anything else. */
  readonly text: string;
}

/** A value of the input and the canaries in it. */
export interface Original extends Sample {
  readonly canaries: readonly Pick<Canary, "text">[];
}

/**
 * What the documentation of a transform says may be left of a value: said a second time, in words of its own. Nothing here
 * calls the transform, or anything it is made of.
 */
export interface OpOracle {
  /** Most symbols of a canary that may show; a canary in the guise of a domain is one after the `@` of an address. */
  shows(op: Op, guise: Guise): number;
  /** Tells whether the output is a form in which the value may leave. */
  permits(op: Op, original: Original, output: Sample): boolean;
  /** Tells whether nobody may see from the output which of two values it was. */
  hides(op: Op, one: Sample, other: Sample): boolean;
}

/** Equal symbols in a row that two unrelated texts may have: six or more are no chance (one in a million outputs of 64). */
export const CHANCE = 5;

export const EVERYTHING = Number.POSITIVE_INFINITY;

/** Tells whether no piece of the value, or of a canary in it, shows. */
export function sharesNothing(original: Original, output: Sample): boolean {
  const texts = [
    ...original.canaries.map(({ text }) => text),
    ...(original.canaries.length === 0 ? [original.text] : []),
  ];
  return texts.every((text) => commonSubstring(text, output.text) <= CHANCE);
}

/** A parameter that is a number. */
export function numberIn(op: Op, name: string, otherwise: number): number {
  return Number(op[name] ?? otherwise);
}
