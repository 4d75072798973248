import type { Class } from "#plan";
import type { CellInfo, MatrixRow, Policy } from "#policy";
import type { Canary } from "../canaries/canary.ts";
import type { Spot } from "../canaries/spot.ts";
import { type Decided, hides, isSealing, isSeen, shownOf } from "./judge-value.ts";
import { type EventKind, indexMatrix, type MatrixRows } from "./matrix-rows.ts";
import { EVERYTHING, type Sample } from "./op-oracle.ts";
import { createPeopleFinder, isAboutErased } from "./people.ts";

/** What the matrix lets each processor see. Of the plans it knows only which keep whole events. */
export interface Rules {
  /** The decision about a path; undefined where the matrix has none. `field` names one of several output fields. */
  decide(processor: string, event: EventKind, path: string, field?: string): Decided | undefined;
  /** Tells whether a value must not leave because it is about somebody who is erased. */
  isGone(processor: string, at: EventKind & Pick<Spot, "path" | "erased">): boolean;
  /** Tells whether nobody may see from what a processor gets which of two values stands at a path. */
  hides(processor: string, at: EventKind & Pick<Spot, "path" | "erased">, values: readonly [Sample, Sample]): boolean;
  /** Tells whether nobody may even see that a value stands at a path. */
  isUnseen(processor: string, at: EventKind & Pick<Spot, "path" | "erased">): boolean;
  /** Tells whether a value leaves in seals only, or not at all. */
  isSealedFor(processor: string, at: EventKind & Pick<Spot, "path" | "erased">): boolean;
  /** How many symbols of a canary may show in the processor's payloads. */
  allowanceOf(processor: string, canary: Canary): number;
  /** How many symbols of a canary may show in the attributes of the processor's messages. */
  besideBodies(processor: string, canary: Canary): number;
  /** Tells whether anything made of the canary's value may be in the processor's payloads, a token of it say. */
  maySee(processor: string, canary: Canary): boolean;
  classOf(spot: Spot): SpotClass;
}

/** The class of a value, or why it has none. */
export type SpotClass = Class | "undeclared" | "outside";

export function createRules({ matrix, plans }: Policy): Rules {
  const whole = plans.filter(({ source }) => source === "whole").map(({ processor }) => processor);
  const rows = indexMatrix(matrix);
  const peopleOf = createPeopleFinder(matrix);
  const viewOf = (processor: string): View => ({ processor, rows, peopleOf, keepsWhole: whole.includes(processor) });
  return {
    decide: (processor, event, path, field) => decide(rows.find(event, path)?.cells[processor], field),
    isGone: (processor, at) => isGone(viewOf(processor), at),
    hides: (processor, at, [one, other]) =>
      isGone(viewOf(processor), at) || decisionsAt(viewOf(processor), at).every((each) => hides(each, one, other)),
    isUnseen: (processor, at) => isGone(viewOf(processor), at) || !decisionsAt(viewOf(processor), at).some(isSeen),
    isSealedFor: (processor, at) =>
      isGone(viewOf(processor), at) ||
      decisionsAt(viewOf(processor), at).every((each) => !isSeen(each) || isSealing(each)),
    allowanceOf: (processor, canary) => allowanceOf(viewOf(processor), canary),
    besideBodies: (processor, canary) => shownBeside(matrix, processor, canary),
    maySee: (processor, canary) => maySee(viewOf(processor), canary),
    classOf: (spot) => classOf(spot, rows.find(spot, spot.path)),
  };
}

/** What one processor is told by the matrix. */
interface View {
  readonly processor: string;
  readonly rows: MatrixRows;
  /** Where an event names people, and in which role. */
  readonly peopleOf: ReturnType<typeof createPeopleFinder>;
  /** It gets whole events, what nobody declares included. */
  readonly keepsWhole: boolean;
}

function decide(cell: CellInfo | undefined, field: string | undefined): Decided | undefined {
  if (cell === undefined) return undefined;
  const { transforms: ops, reveals } = cell.outputs?.find((output) => output.field === field) ?? cell;
  return { ops, reveals };
}

function allowanceOf(view: View, canary: Canary): number {
  const { spot } = canary;
  if (isGone(view, spot)) return 0;
  switch (spot.standing) {
    case "declared":
    case "key":
      return Math.max(
        0,
        ...decisionsAt(view, spot)
          .filter(isSeen)
          .map((decided) => shownOf(decided, canary.guise)),
      );
    case "misfit":
      return keepsStrangers(view, spot) && cellsBelow(view, spot).every(({ ops }) => ops.length === 0) ? EVERYTHING : 0;
    case "undeclared":
      return keepsStrangers(view, spot) && !isEmptied(view, spot) ? EVERYTHING : 0;
    default:
      return 0;
  }
}

/** What the rows about attributes let show of a field that they are made from. */
function shownBeside(matrix: readonly MatrixRow[], processor: string, { spot, guise }: Canary): number {
  if (spot.standing !== "declared") return 0;
  const cells = matrix.flatMap(({ channel, cells: all }) => (channel === "attribute" ? (all[processor] ?? []) : []));
  const made = cells.filter(({ dependsOn = [] }) =>
    dependsOn.some((each) => "path" in each && each.schema === spot.schema && each.path === spot.path),
  );
  return Math.max(0, ...made.map(({ transforms: ops, reveals }) => shownOf({ ops, reveals }, guise)));
}

function maySee(view: View, canary: Canary): boolean {
  const { spot } = canary;
  if (!DECIDED.includes(spot.standing) || isGone(view, spot)) return allowanceOf(view, canary) > 0;
  return decisionsAt(view, spot).some(isSeen);
}

/** Values that a cell of their own decides about. */
const DECIDED: readonly Spot["standing"][] = ["declared", "key"];

/** One decision, or one for each output field that takes the value. */
function decisionsAt({ processor, rows }: View, spot: EventKind & Pick<Spot, "path">): readonly Decided[] {
  const cell = rows.find(spot, spot.path)?.cells[processor];
  const fields = cell?.outputs ?? [];
  return [undefined, ...fields.map(({ field }) => field)].flatMap((field) => decide(cell, field) ?? []);
}

function cellsBelow({ processor, rows }: View, spot: Spot): readonly Decided[] {
  return rows.below(spot, spot.path).flatMap(({ cells }) => decide(cells[processor], undefined) ?? []);
}

/** What is not declared, or no value of its place, could be about anybody, so that it goes once somebody is erased. */
function keepsStrangers({ keepsWhole }: View, { erased }: Spot): boolean {
  return keepsWhole && erased.length === 0;
}

/** An object all of whose declared fields are dropped goes as a whole. */
function isEmptied(view: View, spot: Spot): boolean {
  const below = cellsBelow(view, spot);
  return spot.path !== "" && below.length > 0 && !below.some(isSeen);
}

/** Of events about erased people nothing leaves that is about them or could be, and whole events not that name nobody else. */
function isGone(view: View, { erased, path, ...event }: EventKind & Pick<Spot, "path" | "erased">): boolean {
  if (erased.length === 0) return false;
  if (view.keepsWhole && [...view.peopleOf(event).values()].every((role) => erased.includes(role))) return true;
  const row = view.rows.find(event, path);
  return row !== undefined && isAboutErased(row, erased);
}

function classOf({ standing }: Spot, row: MatrixRow | undefined): SpotClass {
  if (standing === "around" || standing === "no event") return "outside";
  return standing === "undeclared" ? "undeclared" : (row?.classification ?? "undeclared");
}
