import { mergeTrees, type Tree } from "./tree.ts";

/** Finds what stands at a path such as `details.prompts[].user_id`; undefined where nothing is declared. */
export function findTree(tree: Tree, path: string): Tree | undefined {
  return steps(path).reduce<Tree | undefined>(
    (found, step) => (found === undefined ? found : child(found, step)),
    tree,
  );
}

/** Replaces what stands at a path; `undefined` takes it away. Steps that nothing declares are made. */
export function withTree(tree: Tree, path: string, replacement: Tree | undefined): Tree {
  return replaceAt(tree, steps(path), replacement) ?? NOTHING;
}

/** A step into a field's name, an array (`[]`) or a map (`{}`). */
function steps(path: string): readonly string[] {
  return path === "" ? [] : path.replaceAll("[]", ".[]").replaceAll("{}", ".{}").split(".");
}

function child(tree: Tree, step: string): Tree | undefined {
  if (step === "[]") return tree.item;
  return step === "{}" ? tree.value : tree.fields.get(step);
}

/** Replaces what stands at some steps; an object that loses its last field goes with it. */
function replaceAt(tree: Tree, [step, ...rest]: readonly string[], replacement: Tree | undefined): Tree | undefined {
  if (step === undefined) return replacement;
  const after = replaceAt(child(tree, step) ?? NOTHING, rest, replacement);
  if (step === "[]" || step === "{}") return setInside(tree, step === "[]" ? "item" : "value", after);
  const fields = new Map(tree.fields);
  if (after === undefined) fields.delete(step);
  else fields.set(step, after);
  return fields.size === 0 ? undefined : { ...tree, kinds: withKind(tree, "object"), fields };
}

const NOTHING: Tree = { kinds: [], fields: new Map() };

function setInside(tree: Tree, key: "item" | "value", after: Tree | undefined): Tree | undefined {
  if (after === undefined) return undefined;
  return { ...tree, kinds: withKind(tree, key === "item" ? "array" : "object"), [key]: after };
}

function withKind(tree: Tree, kind: "array" | "object"): Tree["kinds"] {
  return tree.kinds.includes(kind) ? tree.kinds : mergeTrees([tree, { ...NOTHING, kinds: [kind] }]).kinds;
}
