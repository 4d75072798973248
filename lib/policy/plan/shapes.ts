import type { Cell, Shape, ShapeField, ShapeId, ShapeNode } from "#plan";
import type { LeafDecision } from "../decide/decide-leaves.ts";
import { namingOf } from "../decide/naming.ts";
import { type FieldTree, isLeaf, type Leaf, type TreeField } from "../schema/tree.ts";
import { cellOf } from "./cell.ts";

/** Shapes of a plan; equal ones are written once. */
export interface ShapeTable {
  readonly shapes: readonly Shape[];
  add(shape: Shape): ShapeId;
}

export function createShapeTable(): ShapeTable {
  const shapes: Shape[] = [];
  const ids = new Map<string, ShapeId>();
  return {
    shapes,
    add(shape) {
      const key = JSON.stringify(shape);
      const id = ids.get(key) ?? shapes.push(shape) - 1;
      ids.set(key, id);
      return id;
    },
  };
}

/** What a tree is written with: the decisions about its leaves, for one processor. */
export interface ShapeWriter {
  readonly processor: string;
  readonly leaves: ReadonlyMap<Leaf, LeafDecision>;
  readonly table: ShapeTable;
}

/** Writes an object and everything below it; fields are sorted by name. */
export function writeShape(tree: FieldTree, writer: ShapeWriter): ShapeId {
  const fields = tree.fields.flatMap((field) => writeField(field, writer));
  return writer.table.add({ fields: fields.sort((a, b) => (a.name < b.name ? -1 : 1)) });
}

function writeField(field: TreeField, writer: ShapeWriter): readonly ShapeField[] {
  const { decl, content } = field;
  const value = isLeaf(content) ? writeLeaf(content, writer) : writeMessage(content, writer);
  const node = value && wrap(value, field, writer);
  if (node === undefined) return [];
  const isRequired = decl.requiredBy.includes(writer.processor);
  return [{ name: decl.wireName, node, ...(isRequired && { required: true }) }];
}

function writeMessage(tree: FieldTree, writer: ShapeWriter): ShapeNode {
  return { node: "message", shape: writeShape(tree, writer) };
}

function writeLeaf(leaf: Leaf, writer: ShapeWriter): ShapeNode | undefined {
  const cell = writeCell(leaf, writer);
  return cell && { node: leaf.open ? "open" : "leaf", cell };
}

function writeCell(leaf: Leaf, { processor, leaves }: ShapeWriter): Cell | undefined {
  const decided = leaves.get(leaf);
  const decision = decided?.cells.get(processor);
  if (decided === undefined || decision === undefined) return undefined;
  const names = namingOf(decided.classification);
  return { ...cellOf(decided, decision), ...(names !== undefined && { names }) };
}

/** A map without a pattern for its keys is open itself, and has no cell for them. */
function wrap(value: ShapeNode, { decl, key }: TreeField, writer: ShapeWriter): ShapeNode | undefined {
  if (decl.repeat === "list") return { node: "list", item: value };
  if (key === undefined) return value;
  const cell = writeCell(key, writer);
  return cell && { node: "map", ...(decl.mapKeys !== undefined && { keys: decl.mapKeys }), key: cell, value };
}
