import { joinPath } from "#json";
import type { Cell, Shape, ShapeNode } from "#plan";

/** A value that a cell decides about. */
export interface CellValue {
  /** As rows of the matrix are written. */
  readonly path: string;
  readonly cell: Cell;
  /** Its inside is not declared. */
  readonly open: boolean;
}

/** Lists what is declared below a node, each path once, in the order of the shapes. */
export function listLeaves({
  root,
  shapes,
}: {
  readonly root: ShapeNode;
  readonly shapes: readonly Shape[];
}): readonly CellValue[] {
  return leavesOf(root, "", shapes);
}

function leavesOf(node: ShapeNode, path: string, shapes: readonly Shape[]): readonly CellValue[] {
  switch (node.node) {
    case "leaf":
    case "open":
      return [{ path, cell: node.cell, open: node.node === "open" }];
    case "list":
      return leavesOf(node.item, `${path}[]`, shapes);
    case "map":
      return [{ path: `${path}{key}`, cell: node.key, open: false }, ...leavesOf(node.value, `${path}{}`, shapes)];
    case "message":
      return (shapes[node.shape]?.fields ?? []).flatMap(({ name, node: inner }) =>
        leavesOf(inner, joinPath(path, name), shapes),
      );
  }
}
