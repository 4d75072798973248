import { compareShapes, compareTrees, describeShape, type FieldDrift, placesOf, type Shapes } from "./compare.ts";
import type { JsonSchema } from "./json-schema.ts";
import { describeProposal } from "./propose.ts";
import { mergeTrees, readTree, type TypeTree, toSchema } from "./tree.ts";
import { findTree, withTree } from "./tree-path.ts";

/**
 * A change of the official schemas that nobody has reviewed yet: the pack keeps to what was before.
 *
 * A new field stays undeclared and is dropped, a changed one keeps its JSON types, one that is gone stays declared for
 * the events sent before. Taking the entry out accepts the change.
 */
export interface Pending {
  /** Empty for a whole type. */
  readonly path: string;
  readonly types: readonly string[];
  /** What changed, for the reader. */
  readonly change: string;
  /** What was there before; absent where it is new. */
  readonly was?: JsonSchema;
}

/** Takes official shapes back to what was reviewed. */
export function undoPending(official: Shapes, pending: readonly Pending[]): Shapes {
  const shapes = new Map(official);
  for (const { types, path, was } of pending) {
    for (const type of types) shapes.set(type, undo(shapes.get(type), { path, was }));
  }
  return shapes;
}

/** Lists what has to be reviewed before the official shapes can take the place of those reviewed last. */
export function listPending(reviewed: Shapes, official: Shapes): readonly Pending[] {
  const fields = compareShapes(reviewed, official).newTypes.flatMap((type) =>
    listUnknown(reviewed, { type, tree: official.get(type) ?? NOTHING }),
  );
  const added = undoPending(official, fields.map(toPending));
  return listDifferences(new Map([...added, ...reviewed]), official);
}

function listDifferences(reviewed: Shapes, official: Shapes): readonly Pending[] {
  const { goneTypes, fields } = compareShapes(reviewed, official);
  const gone = goneTypes.map((type) => ({ path: "", types: [type], before: reviewed.get(type) ?? NOTHING }));
  return [...gone, ...fields].map(toPending);
}

/**
 * Takes new fields over that need no review, since other types of the same message have them already.
 *
 * @param declaredOf what the message that a type belongs to declares
 */
export function acceptKnown(
  reviewed: Shapes,
  official: Shapes,
  declaredOf: (type: string) => TypeTree | undefined,
): Shapes {
  const accepted = [...reviewed].map(([type, shape]) => {
    const known = compareTrees(shape, official.get(type)).filter(({ path, before, after }) => {
      const declared = findTree(declaredOf(type) ?? NOTHING, path);
      return before === undefined && isCovered(after, declared);
    });
    return [type, known.reduce((tree, { path, after }) => withTree(tree, path, after), shape)] as const;
  });
  return new Map(accepted);
}

/** Lists the fields of a new type that no type had before, or that others have with other JSON types. */
export function listUnknown(
  reviewed: Shapes,
  { type, tree }: { readonly type: string; readonly tree: TypeTree },
): readonly FieldDrift[] {
  const known = mergeTrees([...reviewed.values()]);
  return compareTrees(known, tree)
    .filter(({ before, after }) => !isCovered(after, before))
    .map((difference) => ({ ...difference, types: [type] }));
}

function toPending(drift: FieldDrift): Pending {
  const { path, types, before } = drift;
  return { path, types, change: describeChange(drift), ...(before === undefined ? {} : { was: toSchema(before) }) };
}

/** Says what a difference is and what becomes of it until someone reviews it. */
export function describeChange(drift: FieldDrift): string {
  const { before, after } = drift;
  if (after === undefined) return "gone, still declared for events sent before";
  if (before !== undefined)
    return `was ${describeShape(before)}, now ${describeShape(after)}, which is dropped until reviewed`;
  const proposals = placesOf(drift).map((place) => describeProposal(place));
  return `new, dropped until classified: ${proposals.join("; ")}`;
}

/** Tells whether a shape holds nothing that another does not declare, with the same JSON types. */
function isCovered(part: TypeTree | undefined, whole: TypeTree | undefined): boolean {
  if (part === undefined || whole === undefined) return part === undefined;
  return (
    part.kinds.every((kind) => whole.kinds.includes(kind)) &&
    [...part.fields].every(([name, field]) => isCovered(field, whole.fields.get(name))) &&
    isCovered(part.item, whole.item) &&
    isCovered(part.value, whole.value)
  );
}

function undo(shape: TypeTree = NOTHING, { path, was }: { path: string; was: JsonSchema | undefined }): TypeTree {
  const before = was && readTree(was);
  if (path === "") return before ?? NOTHING;
  return before === undefined && findTree(shape, path) === undefined ? shape : withTree(shape, path, before);
}

const NOTHING: TypeTree = { kinds: ["object"], fields: new Map() };
