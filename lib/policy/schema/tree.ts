import { type JsonKind, joinPath } from "#json";
import type { Breach, Found } from "../breach.ts";
import type { FieldDecl, MessageDecl, PolicySource } from "../source/declarations.ts";

/** The fields of an object, as they occur at one place of a root schema. */
export interface FieldTree {
  readonly fields: readonly TreeField[];
}

export interface TreeField {
  readonly decl: FieldDecl;
  /** What one value is: an element of a list, a value of a map. */
  readonly content: FieldTree | Leaf;
  /** What the keys are; of maps whose keys a pattern limits. */
  readonly key?: Leaf;
}

/** A place that holds a value and gets a decision of its own. */
export interface Leaf {
  /** Wire names joined by `.`, with `[]` for any element and `{}` for any key. */
  readonly path: string;
  /** The fields from the root to it; the last one is its own. */
  readonly chain: readonly FieldDecl[];
  /** How overlays and output messages name each field of the chain: its path without `[]` or `{}` at the end. */
  readonly targets: readonly string[];
  readonly kinds: readonly JsonKind[];
  /** Its inside is not declared: `google.protobuf.Struct` and its like, and maps whose keys may be anything. */
  readonly open: boolean;
  /** It is what the keys of a map are. */
  readonly isKey?: true;
}

/** How the leaf itself is named by overlays and output messages. */
export function targetOf({ targets }: Leaf): string {
  return targets.at(-1) ?? "";
}

export function isLeaf(content: FieldTree | Leaf): content is Leaf {
  return "kinds" in content;
}

/** Lists the leaves in the order of their declaration. */
export function leavesOf(tree: FieldTree): readonly Leaf[] {
  return tree.fields.flatMap(({ key, content }) => [
    ...(key === undefined ? [] : [key]),
    ...(isLeaf(content) ? [content] : leavesOf(content)),
  ]);
}

/**
 * Lays a root message out as the tree of its paths.
 *
 * A field that leads back to a message around it is refused and left out, and so is one whose type is not supported,
 * which the check of its message reports.
 */
export function buildTree(root: MessageDecl, messages: PolicySource["messages"]): Found<FieldTree> {
  const breaches: Breach[] = [];
  const build = (message: MessageDecl, around: Around): FieldTree => ({
    fields: message.fields.flatMap((decl) => {
      const content = contentOf(decl, stepInto(around, decl));
      return content === undefined ? [] : [{ decl, content, ...keyOf(decl, around) }];
    }),
  });
  const contentOf = (decl: FieldDecl, at: Around): FieldTree | Leaf | undefined => {
    if (isOpenMap(decl)) return { ...at, kinds: ["object"], open: true };
    if (decl.type.type === "open") return { ...at, kinds: decl.type.kinds, open: true };
    if (decl.type.type === "scalar") return { ...at, kinds: [decl.type.kind, ...decl.alsoAccept], open: false };
    const message = decl.type.type === "message" ? messages.get(decl.type.name) : undefined;
    if (message === undefined) return undefined;
    if (at.chain.every((field) => field.message !== message.name)) return build(message, at);
    breaches.push(recursion(root, message, at));
    return undefined;
  };
  return { found: build(root, { path: "", chain: [], targets: [] }), breaches };
}

type Around = Pick<Leaf, "path" | "chain" | "targets">;

/** A map whose keys no pattern limits: its keys can be data, so it is decided as a whole. */
function isOpenMap({ repeat, mapKeys }: FieldDecl): boolean {
  return repeat === "map" && mapKeys === undefined;
}

/** Stands behind the path of a map for its keys. */
const KEY = "{key}";

/** The keys of a map stand below it as a field would: what holds for the map holds for them, unless they have their own. */
function keyOf(decl: FieldDecl, around: Around): Pick<TreeField, "key"> {
  if (decl.repeat !== "map" || isOpenMap(decl)) return {};
  const { keyClassification, keyCells: cells, classification: _, ...map } = decl;
  const key: FieldDecl = {
    ...map,
    name: `${decl.name}${KEY}`,
    type: { type: "scalar", kind: "string" },
    ...(keyClassification && { classification: keyClassification }),
    ...{ cells, keyCells: [], alsoAccept: [], oneOf: [], requiredBy: [] },
  };
  const { chain, targets } = stepInto(around, decl);
  const path = `${targets.at(-1)}${KEY}`;
  const at = { path, chain: [...chain, key], targets: [...targets, path] };
  return { key: { ...at, kinds: ["string"], open: false, isKey: true } };
}

const SUFFIX = { one: "", list: "[]", map: "{}" } as const satisfies Record<FieldDecl["repeat"], string>;

function stepInto({ path, chain, targets }: Around, decl: FieldDecl): Around {
  const target = joinPath(path, decl.wireName);
  return {
    path: isOpenMap(decl) ? target : target + SUFFIX[decl.repeat],
    chain: [...chain, decl],
    targets: [...targets, target],
  };
}

function recursion(root: MessageDecl, message: MessageDecl, { path, chain }: Around): Breach {
  return {
    code: "POLICY_TYPE",
    place: chain.at(-1)?.place ?? root.place,
    message: `expected messages that end, got ${message.name} inside itself`,
    at: { schema: root.name, path },
    help: "write google.protobuf.Struct where the depth is open",
  };
}
