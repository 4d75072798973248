import { describeOps } from "#plan";
import type { CellInfo, MatrixRow, Origin } from "../policy.ts";

/** Processors whose cells say the same for the same reason. */
export interface CellGroup {
  readonly processors: readonly string[];
  /** The cell of the first of them. */
  readonly cell: CellInfo;
  readonly reason: string;
}

/** Groups the cells of a row, so that a reader meets each decision once; `reasonOf` puts an origin into words. */
export function groupCells(
  { cells }: Pick<MatrixRow, "cells">,
  processors: readonly string[],
  reasonOf: (origin: Origin) => string,
): readonly CellGroup[] {
  const groups = new Map<string, CellGroup & { readonly processors: string[] }>();
  for (const name of processors) {
    const cell = cells[name];
    if (cell === undefined) continue;
    const reason = reasonOf(cell.origin);
    const key = JSON.stringify([describeOps(cell.transforms), cell.outputs, reason]);
    const group = groups.get(key) ?? { processors: [], cell, reason };
    group.processors.push(name);
    groups.set(key, group);
  }
  return [...groups.values()];
}
