import { CORRECTIONS, type MissingField } from "./corrections.ts";
import type { JsonSchema, SchemaSet } from "./json-schema.ts";
import { mergeTrees, readTree, type TypeTree } from "./tree.ts";
import { findTree, withTree } from "./tree-path.ts";

/** Adds the schemas of log types that occur and have none; an official schema always wins. */
export function addMissingTypes(schemas: SchemaSet): SchemaSet {
  return addLike(schemas, (schema, type) => renameType(schema, type));
}

/** Adds the shapes of log types that occur and have no schema, and to all shapes what their schemas leave out. */
export function correctShapes(shapes: ReadonlyMap<string, TypeTree>): ReadonlyMap<string, TypeTree> {
  const all = addLike(shapes, ({ description: _, ...shape }) => shape);
  return new Map([...all].map(([type, shape]) => [type, correctTree(type, shape)]));
}

function addLike<T>(byType: ReadonlyMap<string, T>, rename: (like: T, type: string) => T): ReadonlyMap<string, T> {
  const added = CORRECTIONS.flatMap((correction) => {
    if (!("missing" in correction) || correction.like === undefined) return [];
    const like = byType.get(correction.like);
    return like === undefined ? [] : correction.missing.map((type) => [type, rename(like, type)] as const);
  });
  return new Map([...added, ...byType]);
}

function correctTree(type: string, tree: TypeTree): TypeTree {
  return CORRECTIONS.reduce(
    (corrected, correction) => ("path" in correction ? addField(corrected, { type, correction }) : corrected),
    tree,
  );
}

function addField(tree: TypeTree, { type, correction }: { type: string; correction: MissingField }): TypeTree {
  const { path, types, below, schema } = correction;
  const applies = types.includes("*")
    ? below === undefined || findTree(tree, below) !== undefined
    : types.includes(type);
  if (!applies) return tree;
  const present = findTree(tree, path);
  return withTree(tree, path, mergeTrees(present === undefined ? [readTree(schema)] : [present, readTree(schema)]));
}

function renameType(schema: JsonSchema, type: string): JsonSchema {
  const { description: _, ...rest } = schema;
  return { ...rest, properties: { ...schema.properties, type: { type: "string", const: type } } };
}
