import { mergeTrees, type TypeTree } from "./tree.ts";

/** Finds what stands at a path such as `details.prompts[].user_id`; undefined where nothing is declared. */
export function findTree(tree: TypeTree, path: string): TypeTree | undefined {
  return steps(path).reduce<TypeTree | undefined>(
    (found, step) => (found === undefined ? found : child(found, step)),
    tree,
  );
}

/** Replaces what stands at a path; `undefined` takes it away. Steps that nothing declares are made. */
export function withTree(tree: TypeTree, path: string, replacement: TypeTree | undefined): TypeTree {
  return replaceAt(tree, steps(path), replacement) ?? NOTHING;
}

/** A step into a field's name, an array (`[]`) or a map (`{}`). */
function steps(path: string): readonly string[] {
  return path === "" ? [] : path.replaceAll("[]", ".[]").replaceAll("{}", ".{}").split(".");
}

function child(tree: TypeTree, step: string): TypeTree | undefined {
  if (step === "[]") return tree.item;
  return step === "{}" ? tree.value : tree.fields.get(step);
}

/** Replaces what stands at some steps; an object that loses its last field goes with it. */
function replaceAt(
  tree: TypeTree,
  [step, ...rest]: readonly string[],
  replacement: TypeTree | undefined,
): TypeTree | undefined {
  if (step === undefined) return replacement;
  const after = replaceAt(child(tree, step) ?? NOTHING, rest, replacement);
  if (step === "[]" || step === "{}") return setInside(tree, step === "[]" ? "item" : "value", after);
  const fields = new Map(tree.fields);
  if (after === undefined) fields.delete(step);
  else fields.set(step, after);
  return fields.size === 0 ? undefined : { ...tree, kinds: withKind(tree, "object"), fields };
}

const NOTHING: TypeTree = { kinds: [], fields: new Map() };

function setInside(tree: TypeTree, key: "item" | "value", after: TypeTree | undefined): TypeTree | undefined {
  if (after === undefined) return undefined;
  return { ...tree, kinds: withKind(tree, key === "item" ? "array" : "object"), [key]: after };
}

function withKind(tree: TypeTree, kind: "array" | "object"): TypeTree["kinds"] {
  return tree.kinds.includes(kind) ? tree.kinds : mergeTrees([tree, { ...NOTHING, kinds: [kind] }]).kinds;
}
