import type { CellInfo, MatrixRow, OriginRule } from "../policy.ts";

/**
 * How a decision stands to the rest of the matrix.
 *
 * A default says the same of every field of a class and kind. An exception was decided for one field. A consequence
 * follows from what the field is or what the processor takes.
 */
export type CellStanding = "default" | "exception" | "consequence";

const STANDINGS: Readonly<Record<OriginRule, CellStanding>> = {
  secret: "default",
  overlay: "exception",
  output_field: "exception",
  not_in_output: "consequence",
  field: "exception",
  enclosing_field: "exception",
  previous_object: "consequence",
  catch_all: "default",
  open_objects: "consequence",
  kind_default: "default",
  class_default: "default",
  not_subscribed: "consequence",
  transport: "consequence",
};

export function standingOf({ origin }: CellInfo): CellStanding {
  return STANDINGS[origin.rule];
}

/** Finds those of the processors for which the cell of a row was decided by itself. */
export function findExceptions({ cells }: Pick<MatrixRow, "cells">, processors: readonly string[]): readonly string[] {
  return processors.filter((name) => cells[name] !== undefined && standingOf(cells[name]) === "exception");
}
