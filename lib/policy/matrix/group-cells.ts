import { describeOps } from "#plan";
import type { CellInfo, MatrixRow } from "../policy.ts";

/** Processors whose cells say the same for the same reason, and the cell of the first of them. */
export interface CellGroup {
  readonly processors: readonly string[];
  readonly cell: CellInfo;
}

/** Groups the cells of a row, so that a reader meets each decision once. */
export function groupCells({ cells }: Pick<MatrixRow, "cells">, processors: readonly string[]): readonly CellGroup[] {
  const groups = new Map<string, { readonly processors: string[]; readonly cell: CellInfo }>();
  for (const name of processors) {
    const cell = cells[name];
    if (cell === undefined) continue;
    const key = JSON.stringify([describeOps(cell.transforms), cell.outputs, cell.origin.how]);
    const group = groups.get(key) ?? { processors: [], cell };
    group.processors.push(name);
    groups.set(key, group);
  }
  return [...groups.values()];
}
