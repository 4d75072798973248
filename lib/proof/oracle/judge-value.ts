import type { Op, Reveal } from "#plan";
import type { TransformName } from "#transforms";
import type { Guise } from "../canaries/canary.ts";
import { commonSubstring } from "./common-substring.ts";
import { createKeepKeysOracle } from "./keep-keys-oracle.ts";
import { CHANCE, EVERYTHING, type OpOracle, type Original, type Sample, sharesNothing } from "./op-oracle.ts";
import { bucketOracle, generalizeTimeOracle, truncateIpOracle } from "./precision-oracles.ts";
import { scrubTextOracle } from "./scrub-oracle.ts";
import { maskEmailOracle, maskOracle, truncateOracle } from "./text-oracles.ts";
import { constantOracle, dropOracle, encryptOracle, normalizeOracle, pseudonymizeOracle } from "./whole-oracles.ts";

/** What is known of each transform. */
const TABLE: Readonly<Record<TransformName, OpOracle>> = {
  drop: dropOracle,
  constant: constantOracle,
  mask: maskOracle,
  truncate: truncateOracle,
  truncate_ip: truncateIpOracle,
  pseudonymize: pseudonymizeOracle,
  encrypt: encryptOracle,
  mask_email: maskEmailOracle,
  generalize_time: generalizeTimeOracle,
  bucket: bucketOracle,
  normalize: normalizeOracle,
  scrub_text: scrubTextOracle,
  keep_keys: createKeepKeysOracle((ops, original, output) => permits({ ops, reveals: [] }, original, output)),
};

/** By the name that an op gives. One that is not here is judged by what its cell says that it reveals. */
const OP_ORACLES: ReadonlyMap<string, OpOracle> = new Map(Object.entries(TABLE));

/** What a cell of the matrix says becomes of a value. */
export interface Decided {
  readonly ops: readonly Op[];
  readonly reveals: readonly Reveal[];
}

/** Tells whether anything of the value may be seen at all. */
export function isSeen({ reveals }: Decided): boolean {
  return reveals.length > 0;
}

/** Tells whether the value leaves in a seal. */
export function isSealing({ ops }: Decided): boolean {
  return ops.at(-1)?.op === "encrypt";
}

/** The most symbols of a canary that a cell lets show: no more than its least revealing transform. */
export function shownOf({ ops, reveals }: Decided, guise: Guise): number {
  const each = ops.map((op) => OP_ORACLES.get(op.op)?.shows(op, guise) ?? shownByFacts(reveals));
  return Math.min(EVERYTHING, ...each);
}

/** Tells whether an output is a form in which a cell lets the value leave. */
export function permits({ ops, reveals }: Decided, original: Original, output: Sample): boolean {
  const [op, ...others] = ops;
  if (op === undefined) return original.kind === output.kind && original.text === output.text;
  const oracle = OP_ORACLES.get(op.op);
  if (others.length === 0 && oracle !== undefined) return oracle.permits(op, original, output);
  return showsNoMore({ ops, reveals }, original, output);
}

/** Tells whether a cell hides which of two values it was given: one of its transforms does. */
export function hides({ ops, reveals }: Decided, one: Sample, other: Sample): boolean {
  if (reveals.length === 0) return true;
  return ops.some((op) => OP_ORACLES.get(op.op)?.hides(op, one, other) ?? false);
}

/** What a reader of a transform that has no oracle may see: as much as its cell admits. */
function shownByFacts(reveals: readonly Reveal[]): number {
  if (reveals.includes("ALL")) return EVERYTHING;
  return reveals.includes("PARTIAL") ? LONGEST_PART : 0;
}

/** No transform that keeps a bounded part may keep more. */
const LONGEST_PART = 8;

/** Of several transforms in a row each one's bound holds, whatever the others make of the value. */
function showsNoMore(decided: Decided, original: Original, output: Sample): boolean {
  const shown = shownOf(decided, "domain");
  if (shown === EVERYTHING) return true;
  if (shown === 0) return sharesNothing(original, output);
  return original.canaries.every(({ text }) => commonSubstring(text, output.text) <= Math.max(shown, CHANCE));
}
