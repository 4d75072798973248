import { joinPath } from "#json";
import type { JsonSchema, SchemaSet, SchemaType } from "./json-schema.ts";

/** JSON type of a value; `null` is left out, since an absent value and `null` are one. */
export type ValueKind = "string" | "number" | "boolean" | "object" | "array";

/**
 * What may stand at a place, with unions flattened: every kind it may have, every field any alternative declares.
 *
 * A tree without fields, item or value whose kinds include objects or arrays is open: nobody said what is inside.
 */
export interface TypeTree {
  readonly kinds: readonly ValueKind[];
  readonly description?: string;
  readonly fields: ReadonlyMap<string, TypeTree>;
  /** What an array holds, when known. */
  readonly item?: TypeTree;
  /** What a map holds under any key, when the object is a map. */
  readonly value?: TypeTree;
  /** The strings it may be, where every alternative lists some. */
  readonly words?: readonly string[];
}

/** Every kind there is, in the order in which trees list them. */
const KINDS: readonly ValueKind[] = ["string", "number", "boolean", "object", "array"];

/** Trees by the schema they were read from: the parts that schemas share are read once. */
const READ = new WeakMap<JsonSchema, TypeTree>();

/** Reads a schema into a tree. A schema that says nothing of its type admits every kind. */
export function readTree(schema: JsonSchema): TypeTree {
  const tree = READ.get(schema) ?? readAnew(schema);
  READ.set(schema, tree);
  return tree;
}

function readAnew(schema: JsonSchema): TypeTree {
  const alternatives = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(readTree);
  const own = saysNothing(schema) && alternatives.length > 0 ? [] : [readOwn(schema)];
  const merged = mergeTrees([...own, ...alternatives]);
  return schema.description === undefined ? merged : { ...merged, description: schema.description };
}

/** Reads schemas into the shapes of their types. */
export function readShapes(schemas: SchemaSet): ReadonlyMap<string, TypeTree> {
  return new Map([...schemas].map(([type, schema]) => [type, readTree(schema)]));
}

/** Merges what several schemas say of one place: all kinds, all fields; of several descriptions the first. */
export function mergeTrees(trees: readonly TypeTree[]): TypeTree {
  const [only] = trees;
  if (only !== undefined && trees.length === 1) return only;
  const description = trees.find((tree) => tree.description !== undefined)?.description;
  const item = mergeOptional(trees.map((tree) => tree.item));
  const value = mergeOptional(trees.map((tree) => tree.value));
  const words = mergeWords(trees.filter((tree) => tree.kinds.includes("string")));
  return {
    kinds: KINDS.filter((kind) => trees.some((tree) => tree.kinds.includes(kind))),
    fields: mergeFields(trees),
    ...(description === undefined ? {} : { description }),
    ...(item === undefined ? {} : { item }),
    ...(value === undefined ? {} : { value }),
    ...(words === undefined ? {} : { words }),
  };
}

/** One place of a tree. */
export interface TreePlace {
  /** Names joined by `.`, with `[]` for any array element. A map is one place: its keys can be data. */
  readonly path: string;
  readonly tree: TypeTree;
}

/** How a tree is declared: an object with fields, a map, an array, a value nobody knows the inside of, or a plain value. */
export type TreeForm = "message" | "map" | "list" | "open" | "scalar";

/** Tells how a tree is declared. A value that is sometimes an array and sometimes not is open: no field type fits both. */
export function formOf({ kinds, fields, item, value }: TypeTree): TreeForm {
  if (fields.size > 0) return "message";
  if (value !== undefined) return "map";
  if (item !== undefined && kinds.length === 1) return "list";
  return kinds.includes("object") || kinds.includes("array") ? "open" : "scalar";
}

/** Lists the places that hold values: leaves and open values, not the objects and arrays around them. */
export function listTreePlaces(tree: TypeTree, path = ""): readonly TreePlace[] {
  const form = formOf(tree);
  if (form === "message")
    return [...tree.fields].flatMap(([name, field]) => listTreePlaces(field, joinPath(path, name)));
  if (form === "list" && tree.item !== undefined) return listTreePlaces(tree.item, `${path}[]`);
  return [{ path, tree }];
}

/** Writes a tree as a schema that reads as the same tree. */
export function toSchema({ kinds, description, fields, item, value, words }: TypeTree): JsonSchema {
  const properties = [...fields].map(([name, field]) => [name, toSchema(field)] as const);
  return {
    type: kinds,
    ...(description === undefined ? {} : { description }),
    ...(fields.size === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(item === undefined ? {} : { items: toSchema(item) }),
    ...(value === undefined ? {} : { additionalProperties: toSchema(value) }),
    ...(words === undefined ? {} : { enum: words }),
  };
}

function readOwn(schema: JsonSchema): TypeTree {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, readTree(field)] as const);
  const value = schema.additionalProperties;
  const kinds = kindsOf(schema);
  const words = kinds.includes("string") ? wordsOf(schema) : undefined;
  return {
    kinds: KINDS.filter((kind) => kinds.includes(kind)),
    fields: new Map(fields),
    ...(schema.items === undefined || isEmpty(schema.items) ? {} : { item: readTree(schema.items) }),
    ...(typeof value === "object" && !isEmpty(value) ? { value: readTree(value) } : {}),
    ...(words === undefined ? {} : { words }),
  };
}

function wordsOf(schema: JsonSchema): readonly string[] | undefined {
  const words = schema.const === undefined ? schema.enum : [schema.const];
  return words && [...new Set(words.filter((word) => typeof word === "string"))];
}

function isEmpty(schema: JsonSchema): boolean {
  return saysNothing(schema) && ["allOf", "anyOf", "oneOf"].every((key) => !Object.hasOwn(schema, key));
}

/** Tells whether a schema says nothing of the value but by its alternatives. */
function saysNothing(schema: JsonSchema): boolean {
  return ["type", "properties", "items", "const", "enum"].every((key) => !Object.hasOwn(schema, key));
}

function kindsOf(schema: JsonSchema): readonly ValueKind[] {
  if (schema.type !== undefined) return [schema.type].flat().flatMap(toKind);
  if (schema.properties !== undefined) return ["object"];
  if (schema.items !== undefined) return ["array"];
  const values = schema.const === undefined ? schema.enum : [schema.const];
  return values === undefined ? KINDS : KINDS.filter((kind) => values.some((value) => typeof value === kind));
}

function toKind(type: SchemaType): readonly ValueKind[] {
  if (type === "null") return [];
  return type === "integer" ? ["number"] : [type];
}

function mergeFields(trees: readonly TypeTree[]): ReadonlyMap<string, TypeTree> {
  const names = new Set(trees.flatMap((tree) => [...tree.fields.keys()]));
  return new Map([...names].map((name) => [name, mergeTrees(trees.flatMap((tree) => tree.fields.get(name) ?? []))]));
}

function mergeWords(trees: readonly TypeTree[]): readonly string[] | undefined {
  if (trees.length === 0 || trees.some((tree) => tree.words === undefined)) return undefined;
  return [...new Set(trees.flatMap((tree) => tree.words ?? []))];
}

function mergeOptional(trees: readonly (TypeTree | undefined)[]): TypeTree | undefined {
  const present = trees.filter((tree) => tree !== undefined);
  return present.length === 0 ? undefined : mergeTrees(present);
}
