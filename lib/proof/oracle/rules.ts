import { type Class, isPersonal } from "#plan";
import type { MatrixRow, Policy } from "#policy";
import type { Canary } from "../canaries/canary.ts";
import type { Spot } from "../canaries/spot.ts";
import { type Decided, isSeen, shownOf } from "./judge-value.ts";
import { EVERYTHING } from "./op-oracle.ts";

/** Which event a decision is asked about. */
export type EventKind = Pick<Spot, "schema" | "type">;

/** What the matrix lets each processor see. It knows nothing of plans but which keep whole events and which rename. */
export interface Rules {
  /** The decision about a path; undefined where the matrix has none. `field` names one of several output fields. */
  decide(processor: string, event: EventKind, path: string, field?: string): Decided | undefined;
  /** Tells whether a value must not leave because it is about somebody who is erased. */
  isGone(processor: string, at: EventKind & Pick<Spot, "path" | "erased">): boolean;
  /** How many symbols of a canary may show in the processor's payloads. */
  allowanceOf(processor: string, canary: Canary): number;
  /** Tells whether anything made of the canary's value may be in the processor's payloads, a token of it say. */
  maySee(processor: string, canary: Canary): boolean;
  classOf(spot: Spot): SpotClass;
}

/** The class of a value, or why it has none. */
export type SpotClass = Class | "undeclared" | "outside";

export function createRules({ matrix, plans }: Policy): Rules {
  const rows = indexRows(matrix);
  const whole = new Set(plans.filter(({ source }) => source === "whole").map(({ processor }) => processor));
  const rowsBelow = ({ schema, type, path }: Spot) => rows.get(schema)?.below(type, path) ?? [];
  const findRow = ({ schema, type }: EventKind, path: string) => rows.get(schema)?.find(type, path);

  function decide(processor: string, event: EventKind, path: string, field?: string): Decided | undefined {
    const cell = findRow(event, path)?.cells[processor];
    if (cell === undefined) return undefined;
    const { transforms: ops, reveals } = cell.outputs?.find((output) => output.field === field) ?? cell;
    return { ops, reveals };
  }

  /** The largest of several output fields' allowances. */
  function shownAt(processor: string, canary: Canary): number {
    const cell = findRow(canary.spot, canary.spot.path)?.cells[processor];
    const decisions = cell === undefined ? [] : [cell, ...(cell.outputs ?? [])];
    const seen = decisions.map(({ transforms: ops, reveals }) => ({ ops, reveals })).filter(isSeen);
    return Math.max(0, ...seen.map((decided) => shownOf(decided, canary.guise)));
  }

  /** What is not as declared stays in whole events only, and only where no cell looks at it or below it. */
  function shownOfMisfit(processor: string, { spot }: Canary): number {
    const isKept = rowsBelow(spot).every(({ cells }) => cells[processor]?.transforms.length === 0);
    return whole.has(processor) && isKept ? EVERYTHING : 0;
  }

  /** An object all of whose declared fields are dropped goes as a whole. */
  function isEmptied(processor: string, spot: Spot): boolean {
    const below = rowsBelow(spot);
    return below.length > 0 && below.every(({ cells }) => cells[processor]?.reveals.length === 0);
  }

  function allowanceOf(processor: string, canary: Canary): number {
    const { spot } = canary;
    if (isGone(processor, spot)) return 0;
    switch (spot.standing) {
      case "declared":
        return shownAt(processor, canary);
      case "key":
        return rowsBelow(spot).some(({ cells }) => cells[processor]?.reveals.length !== 0) ? EVERYTHING : 0;
      case "misfit":
        return shownOfMisfit(processor, canary);
      case "undeclared":
        return whole.has(processor) && !isEmptied(processor, spot) ? EVERYTHING : 0;
      default:
        return 0;
    }
  }

  function maySee(processor: string, canary: Canary): boolean {
    const { spot } = canary;
    if (spot.standing !== "declared" || isGone(processor, spot)) return allowanceOf(processor, canary) > 0;
    const cell = findRow(spot, spot.path)?.cells[processor];
    return cell !== undefined && [cell, ...(cell.outputs ?? [])].some(({ reveals }) => reveals.length > 0);
  }

  /** Of events about erased people nothing personal leaves, and whole events not at all. */
  function isGone(processor: string, { erased, path, ...event }: EventKind & Pick<Spot, "path" | "erased">): boolean {
    if (erased.length === 0 || whole.has(processor)) return erased.length > 0;
    const row = findRow(event, path);
    if (row === undefined) return false;
    const { classification, kind, about } = row;
    return erased.includes(about ?? "TARGET") && isPersonal({ class: classification, kind, ...(about && { about }) });
  }

  return {
    decide,
    isGone,
    allowanceOf,
    maySee,
    classOf: (spot) => classOf(spot, findRow(spot, spot.path)),
  };
}

function classOf({ standing }: Spot, row: MatrixRow | undefined): SpotClass {
  if (standing === "around" || standing === "no event") return "outside";
  return standing === "undeclared" ? "undeclared" : (row?.classification ?? "undeclared");
}

/** The rows of one schema. */
interface SchemaRows {
  find(type: string, path: string): MatrixRow | undefined;
  /** Rows at the path and inside it. */
  below(type: string, path: string): readonly MatrixRow[];
}

function indexRows(matrix: readonly MatrixRow[]): ReadonlyMap<string, SchemaRows> {
  const schemas = groupBy(matrix, ({ schema }) => schema);
  return new Map([...schemas].map(([schema, rows]) => [schema, createSchemaRows(rows)]));
}

/** A row that names the type comes before the one for every other type. */
function createSchemaRows(rows: readonly MatrixRow[]): SchemaRows {
  const byPath = groupBy(rows, ({ path }) => path);
  const found = new Map<string, readonly MatrixRow[]>();
  const choose = (type: string, path: string) => {
    const all = byPath.get(path);
    return all?.find(({ types }) => types?.includes(type)) ?? all?.find(({ types }) => types === undefined);
  };
  const findBelow = (type: string, path: string) => {
    const paths = [...byPath.keys()].filter((each) => each === path || INSIDE.some((sign) => each.startsWith(path + sign)));
    return paths.flatMap((each) => choose(type, each) ?? []);
  };
  return {
    find: choose,
    below(type, path) {
      const name = `${type} ${path}`;
      const below = found.get(name) ?? findBelow(type, path);
      found.set(name, below);
      return below;
    },
  };
}

/** What follows the path of a container in the paths of what it holds. */
const INSIDE = [".", "[]", "{}"];

function groupBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(nameOf(item)) ?? [];
    group.push(item);
    groups.set(nameOf(item), group);
  }
  return groups;
}
