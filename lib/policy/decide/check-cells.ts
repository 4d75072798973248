import type { Op } from "#plan";
import { checkOp, TRANSFORMS } from "#transforms";
import type { Breach } from "../breach.ts";
import type { CellDecl, PolicySource, SourcePlace } from "../source/declarations.ts";

/** Checks cells that stand side by side: whom they name, and what they do, wherever they apply. */
export function checkCells(cells: readonly CellDecl[], { processors }: PolicySource): readonly Breach[] {
  const known = new Set(processors.map(({ name }) => name));
  const firsts = new Map<string, SourcePlace>();
  return cells.flatMap((cell) => [
    ...checkNames(cell, known),
    ...cell.processors.flatMap((name) => checkTwin(name, cell.place, firsts)),
    ...checkOps(cell),
  ]);
}

function checkNames({ processors, place }: CellDecl, known: ReadonlySet<string>): readonly Breach[] {
  const code = "POLICY_PROCESSOR";
  if (processors.length === 0) {
    return [{ code, place, message: "expected the name of a processor in the cell, got none" }];
  }
  const unknown = processors.filter((name) => !known.has(name));
  return unknown.map((name) => ({ code, place, message: `expected a processor, got ${name}` }));
}

/** Finds a second cell for the same processor, and remembers the first. */
function checkTwin(name: string, place: SourcePlace, firsts: Map<string, SourcePlace>): readonly Breach[] {
  const first = firsts.get(name);
  firsts.set(name, first ?? place);
  if (first === undefined) return [];
  const message = `expected one cell for ${name}, got a second beside that of line ${first.line}`;
  return [{ code: "POLICY_CONFLICT", place, message }];
}

/** Checks the parameters of transforms, apart from any field. */
export function checkOps({
  ops,
  place,
}: {
  readonly ops: readonly Op[];
  readonly place: SourcePlace;
}): readonly Breach[] {
  return ops.flatMap(messagesOf).map((message) => ({ code: "POLICY_TRANSFORM", place, message }));
}

/** Tells whether all transforms exist and have valid parameters. */
export function areValid(ops: readonly Op[]): boolean {
  return ops.every((op) => messagesOf(op).length === 0);
}

function messagesOf(op: Op): readonly string[] {
  if (op.op === "") return ["expected a transform, got an empty entry"];
  const transform = TRANSFORMS.get(op.op);
  // The language may know a transform that this version does not.
  return transform === undefined ? [`expected a transform of this version, got ${op.op}`] : checkOp(transform, op);
}
