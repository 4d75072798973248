import { createHash } from "node:crypto";
import type { Cell } from "#plan";
import { SYMBOLS } from "../canaries/alphabet.ts";
import { PROOF_TIME_MS } from "../events/text-forms.ts";
import { type VariantValue, writeVariant } from "../metamorphic/variants.ts";
import { fitsCell } from "../oracle/kind-rules.ts";
import type { Sample } from "../oracle/op-oracle.ts";

/** Which values may take a value's place. */
export interface DrawOptions {
  /** Another seed gives another value. */
  readonly seed: string;
  /** It has as many characters as the value. */
  readonly isAsLong: boolean;
  /** It may take the place. */
  accepts(drawn: Sample): boolean;
}

/** How near to a value another one is drawn: every letter and digit another one, down to the few that coarse views hide. */
const DISTANCES = ["far", "middling", "near"] as const;
type Distance = (typeof DISTANCES)[number];

/** Draws the value of a cell in the event that others are compared with; undefined = nothing can stand there. */
export function drawBase(cell: Cell, seed: string): VariantValue | undefined {
  const base = writeVariant(cell, "base");
  return base && (drawInstead(cell, base, { seed, isAsLong: true, accepts: () => true }) ?? base);
}

/** Draws another value for a cell, as far from `value` as is accepted; undefined = every one that was drawn is refused. */
export function drawInstead(cell: Cell, value: VariantValue, options: DrawOptions): VariantValue | undefined {
  const { seed, isAsLong, accepts } = options;
  for (const distance of DISTANCES) {
    const drawn = draw(cell, value, { random: createDraw(`${seed} ${distance}`), distance, isAsLong });
    const isFit = fitsCell(drawn, cell) && (!isAsLong || drawn.json.length === value.json.length);
    if (drawn.json !== value.json && isFit && accepts(drawn)) return drawn;
  }
  return undefined;
}

/** Draws a whole number below a bound. */
type Draw = (bound: number) => number;

interface Drawing {
  readonly random: Draw;
  readonly distance: Distance;
  readonly isAsLong: boolean;
}

function draw(cell: Cell, value: VariantValue, drawing: Drawing): VariantValue {
  if (cell.oneOf !== undefined && cell.oneOf.length > 0)
    return textValue(cell.oneOf[drawing.random(cell.oneOf.length)] ?? "");
  if (value.kind === "boolean") return jsonValue("boolean", drawing.random(2) === 0 ? "true" : "false");
  if (value.kind === "string") return textValue(drawText(cell, value.text, drawing));
  if (value.kind === "number")
    return jsonValue("number", cell.kind === "FLAG" ? flagDigit(drawing) : drawRuns(value.text, drawing));
  return jsonValue(value.kind, drawRuns(value.text, drawing));
}

function drawText(cell: Cell, text: string, drawing: Drawing): string {
  if (cell.kind === "IP") return drawAddress(text, drawing);
  if (cell.kind === "TIMESTAMP") return drawTime(text, drawing);
  return cell.kind === "FLAG" ? flagDigit(drawing) : drawRuns(text, drawing);
}

function flagDigit({ random }: Drawing): string {
  return String(random(2));
}

/** Letters at both ends of a run that near values share with it. */
const ENDS: Readonly<Record<Distance, number>> = { far: 0, middling: 4, near: 8 };
const LONGEST = 40;

/** Replaces runs of letters and digits that stand for something: a word of the value's own is shorter. */
function drawRuns(text: string, { random, distance, isAsLong }: Drawing): string {
  const ends = ENDS[distance];
  return text.replace(/\d{5,}(?![a-z])|[0-9a-z]{9,}/g, (run) => {
    if (run.length <= 2 * ends) return run;
    const alphabet = /^\d+$/.test(run) ? "123456789" : SYMBOLS;
    const length = isAsLong ? run.length - 2 * ends : 1 + random(LONGEST);
    const middle = Array.from({ length }, () => alphabet[random(alphabet.length)]).join("");
    return run.slice(0, ends) + middle + run.slice(run.length - ends);
  });
}

/** How many groups of an address stay. */
const KEPT_GROUPS: Readonly<Record<Distance, number>> = { far: 0, middling: 2, near: 3 };

function drawAddress(text: string, { random, distance }: Drawing): string {
  const groups = text.split(".");
  if (groups.length !== 4) return text;
  return groups.map((group, index) => (index < KEPT_GROUPS[distance] ? group : String(100 + random(100)))).join(".");
}

/** How far a time moves, in ms: within years, an hour, a second. */
const SPANS: Readonly<Record<Distance, number>> = { far: 86_400_000 * 900, middling: 3_600_000, near: 1000 };

function drawTime(text: string, { random, distance }: Drawing): string {
  const time = Date.parse(text);
  const span = SPANS[distance];
  const start = Math.floor(Math.min(Number.isNaN(time) ? PROOF_TIME_MS : time, PROOF_TIME_MS) / span) * span;
  return new Date(Math.min(start + random(span), PROOF_TIME_MS)).toISOString();
}

/** The same numbers for the same seed. */
function createDraw(seed: string): Draw {
  let [left, turn] = [Buffer.alloc(0), 0];
  return (bound) => {
    if (left.length < 6) left = createHash("sha256").update(`${seed} ${turn++}`).digest();
    const drawn = left.readUIntBE(0, 6);
    left = left.subarray(6);
    return drawn % bound;
  };
}

function textValue(text: string): VariantValue {
  return { kind: "string", text, json: JSON.stringify(text) };
}

function jsonValue(kind: VariantValue["kind"], text: string): VariantValue {
  return { kind, text, json: text };
}
