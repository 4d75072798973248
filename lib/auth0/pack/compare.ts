import { formOf, listPlaces, type Place, type Tree } from "./tree.ts";

/** Shapes of event types, by type. */
export type Shapes = ReadonlyMap<string, Tree>;

/** How the shapes of a feed's types differ between two versions. */
export interface Drift {
  readonly newTypes: readonly string[];
  readonly goneTypes: readonly string[];
  /** Differences of types that both versions have: the same difference once, for all types that have it. */
  readonly fields: readonly FieldDrift[];
}

/** A difference, and the types in which it is found. */
export interface FieldDrift extends Difference {
  readonly types: readonly string[];
}

/** A place at which two shapes differ: the topmost one, what is below it goes with it. */
export interface Difference {
  readonly path: string;
  /** What stood there; absent where the field is new. */
  readonly before?: Tree;
  /** What stands there now; absent where the field is gone. */
  readonly after?: Tree;
}

/** Compares two versions of a feed's shapes. Descriptions and lists of allowed words are no difference. */
export function compareShapes(before: Shapes, after: Shapes): Drift {
  const both = [...after.keys()].filter((type) => before.has(type)).sort();
  return {
    newTypes: [...after.keys()].filter((type) => !before.has(type)).sort(),
    goneTypes: [...before.keys()].filter((type) => !after.has(type)).sort(),
    fields: groupByType(both.map((type) => [type, compareTrees(before.get(type), after.get(type))])),
  };
}

/** Tells whether two versions are the same. */
export function isUnchanged({ newTypes, goneTypes, fields }: Drift): boolean {
  return newTypes.length === 0 && goneTypes.length === 0 && fields.length === 0;
}

/** Lists the topmost places at which two shapes differ, sorted by name. */
export function compareTrees(before: Tree | undefined, after: Tree | undefined, path = ""): readonly Difference[] {
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
export function describeShape(tree: Tree): string {
  const words = { message: "object with fields", map: "map", list: "array", open: undefined, scalar: undefined };
  return words[formOf(tree)] ?? tree.kinds.join(" or ");
}

/** Lists the values that a difference is about, by their full paths. */
export function placesOf({ path, before, after }: Difference): readonly Place[] {
  const tree = after ?? before;
  return tree === undefined ? [] : listPlaces(tree, path);
}

function compareFields(before: Tree, after: Tree, path: string): readonly Difference[] {
  const names = [...new Set([...before.fields.keys(), ...after.fields.keys()])].sort();
  const inner = (name: string) => (path === "" ? name : `${path}.${name}`);
  return names.flatMap((name) => compareTrees(before.fields.get(name), after.fields.get(name), inner(name)));
}

function groupByType(found: readonly (readonly [string, readonly Difference[]])[]): readonly FieldDrift[] {
  const groups = new Map<string, FieldDrift>();
  for (const [type, differences] of found) {
    for (const difference of differences) {
      const key = JSON.stringify([difference.path, signatureOf(difference.before), signatureOf(difference.after)]);
      groups.set(key, { ...difference, types: [...(groups.get(key)?.types ?? []), type] });
    }
  }
  return [...groups.values()].sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
}

function signatureOf(tree: Tree | undefined): unknown {
  return tree && listPlaces(tree).map(({ path, tree: place }) => [path, describeShape(place)]);
}
