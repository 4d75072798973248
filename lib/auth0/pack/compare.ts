import { joinPath } from "#json";
import { formOf, listTreePlaces, type TreePlace, type TypeTree } from "./tree.ts";

/** Shapes of event types, by type. */
export type Shapes = ReadonlyMap<string, TypeTree>;

/** How the shapes of a feed's types differ between two versions. */
export interface TypeDrift {
  readonly newTypes: readonly string[];
  readonly goneTypes: readonly string[];
  /** Differences of types that both versions have: the same difference once, for all types that have it. */
  readonly fields: readonly FieldDrift[];
}

/** A difference, and the types in which it is found. */
export interface FieldDrift extends TypeDifference {
  readonly types: readonly string[];
}

/** A place at which two shapes differ: the topmost one, what is below it goes with it. */
export interface TypeDifference {
  readonly path: string;
  /** What stood there; absent where the field is new. */
  readonly before?: TypeTree;
  /** What stands there now; absent where the field is gone. */
  readonly after?: TypeTree;
}

/** Compares two versions of a feed's shapes. Descriptions and lists of allowed words are no difference. */
export function compareShapes(before: Shapes, after: Shapes): TypeDrift {
  const both = [...after.keys()].filter((type) => before.has(type)).sort();
  return {
    newTypes: [...after.keys()].filter((type) => !before.has(type)).sort(),
    goneTypes: [...before.keys()].filter((type) => !after.has(type)).sort(),
    fields: groupByType(both.map((type) => [type, compareTrees(before.get(type), after.get(type))])),
  };
}

/** Tells whether two versions are the same. */
export function isUnchanged({ newTypes, goneTypes, fields }: TypeDrift): boolean {
  return newTypes.length === 0 && goneTypes.length === 0 && fields.length === 0;
}

/** Lists the topmost places at which two shapes differ, sorted by name. */
export function compareTrees(
  before: TypeTree | undefined,
  after: TypeTree | undefined,
  path = "",
): readonly TypeDifference[] {
  if (before === undefined) return after === undefined ? [] : [{ path, after }];
  if (after === undefined) return [{ path, before }];
  if (describeShape(before) !== describeShape(after)) return [{ path, before, after }];
  return [
    ...compareFields(before, after, path),
    ...compareTrees(before.item, after.item, `${path}[]`),
    ...compareTrees(before.value, after.value, `${path}{}`),
  ];
}

/** Says in words what stands at a place: `string or number`, `object with fields`. */
export function describeShape(tree: TypeTree): string {
  const words = { message: "object with fields", map: "map", list: "array", open: undefined, scalar: undefined };
  return words[formOf(tree)] ?? tree.kinds.join(" or ");
}

/** Lists the values that a difference is about, by their full paths. */
export function placesOf({ path, before, after }: TypeDifference): readonly TreePlace[] {
  const tree = after ?? before;
  return tree === undefined ? [] : listTreePlaces(tree, path);
}

function compareFields(before: TypeTree, after: TypeTree, path: string): readonly TypeDifference[] {
  const names = [...new Set([...before.fields.keys(), ...after.fields.keys()])].sort();
  return names.flatMap((name) => compareTrees(before.fields.get(name), after.fields.get(name), joinPath(path, name)));
}

function groupByType(found: readonly (readonly [string, readonly TypeDifference[]])[]): readonly FieldDrift[] {
  const groups = new Map<string, FieldDrift>();
  for (const [type, differences] of found) {
    for (const difference of differences) {
      const key = JSON.stringify([difference.path, signatureOf(difference.before), signatureOf(difference.after)]);
      groups.set(key, { ...difference, types: [...(groups.get(key)?.types ?? []), type] });
    }
  }
  return [...groups.values()].sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
}

function signatureOf(tree: TypeTree | undefined): unknown {
  return tree && listTreePlaces(tree).map(({ path, tree: place }) => [path, describeShape(place)]);
}
