import { buildMessage, findMessageSubjects } from "./build-messages.ts";
import { correctShapes } from "./correct.ts";
import { FAMILIES, type Family, type RootMessage } from "./families.ts";
import { readFieldIds } from "./field-ids.ts";
import type { SchemaSet } from "./json-schema.ts";
import { printProtoFile } from "./print-proto.ts";
import type { ProtoFile, ProtoMessage } from "./proto-file.ts";
import { type Pending, undoPending } from "./review.ts";
import { findShared, SHARED_MESSAGES, type SharedMessage } from "./shared-messages.ts";
import { mergeTrees, readShapes, type TypeTree } from "./tree.ts";
import { findTree, withTree } from "./tree-path.ts";

/** What the pack's log schemas are made of. */
export interface PackSources {
  /** Auth0's official schemas. */
  readonly schemas: SchemaSet;
  /** What of them nobody has reviewed yet. */
  readonly pending: readonly Pending[];
}

/** A root message with the merged shape of its log types. */
export interface Root {
  readonly message: RootMessage;
  readonly tree: TypeTree;
}

/**
 * Writes the generated `.proto` files of `policies/auth0/logs/v1`, by name.
 *
 * @param existing texts of the files that are there already: fields keep their names and numbers
 */
export function importPack(sources: PackSources, existing: readonly string[]): ReadonlyMap<string, string> {
  const families = listFamilies(sources);
  const roots = families.flatMap((family) => family.roots);
  const files = [buildSharedFile(roots, sources.pending), ...families.map((family) => buildFamily(family, sources))];
  const options = {
    ids: readFieldIds(existing),
    envelope: "LogEvent",
    fileOf: new Map(SHARED_MESSAGES.map(({ name, file }) => [name, file])),
  };
  return new Map(files.map((file) => [file.name, printProtoFile(file, options)]));
}

/** Lists the root messages of the pack with their shapes. */
export function listRoots(sources: PackSources): readonly Root[] {
  return listFamilies(sources).flatMap(({ roots }) => roots);
}

/** Finds what the message declares that a log type belongs to, shared objects with all that any of their owners has. */
export function findDeclared(sources: PackSources): (type: string) => TypeTree | undefined {
  const roots = listRoots(sources);
  return (type) => {
    const root = roots.find(({ message }) => Object.hasOwn(message.types, type));
    return (
      root &&
      SHARED_MESSAGES.reduce((tree, shared) => widen(tree, { shared, owner: root.message.name, roots }), root.tree)
    );
  };
}

function widen(
  tree: TypeTree,
  { shared, owner, roots }: { readonly shared: SharedMessage; readonly owner: string; readonly roots: readonly Root[] },
): TypeTree {
  const whole = mergeShared(shared, roots);
  return shared.paths
    .filter((path) => findShared(path, owner) === shared && findTree(tree, path) !== undefined)
    .reduce((widened, path) => withTree(widened, path, whole), tree);
}

interface FamilyRoots extends Pick<Family, "file" | "summary"> {
  readonly roots: readonly Root[];
}

/** The families, and one more for the types that nobody sorted in. */
function listFamilies({ schemas, pending }: PackSources): readonly FamilyRoots[] {
  const shapes = correctShapes(undoPending(readShapes(schemas), pending));
  const sorted = new Set(FAMILIES.flatMap(({ messages }) => messages.flatMap(({ types }) => Object.keys(types))));
  const left = [...shapes.keys()].filter((type) => !sorted.has(type)).sort();
  const families = left.length === 0 ? FAMILIES : [...FAMILIES, unsortedFamily(left, shapes)];
  return families.map(({ file, summary, messages }) => ({
    file,
    summary,
    roots: messages.flatMap((message) => toRoot(message, shapes)),
  }));
}

function unsortedFamily(types: readonly string[], shapes: ReadonlyMap<string, TypeTree>): Family {
  const messages = types.map((type) => {
    const name = type.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
    const summary = `The log type \`${type}\`.`;
    return {
      name: `${name.join("")}Log`,
      summary,
      types: { [type]: shapes.get(type)?.description ?? "not described" },
    };
  });
  return { file: "unsorted", summary: "Log types that lib/auth0/pack/families.ts does not sort in yet.", messages };
}

/** A message of which no type is left is left out. */
function toRoot(message: RootMessage, shapes: ReadonlyMap<string, TypeTree>): readonly Root[] {
  const types = Object.entries(message.types).filter(([type]) => shapes.has(type));
  const tree = mergeTrees(types.flatMap(([type]) => shapes.get(type) ?? []));
  return types.length === 0 ? [] : [{ message: { ...message, types: Object.fromEntries(types) }, tree }];
}

function buildFamily({ file, summary, roots }: FamilyRoots, { pending }: PackSources): ProtoFile {
  return { name: `${file}.proto`, summary, messages: roots.map((root) => buildRoot(root, pending)) };
}

function buildRoot({ message, tree }: Root, pending: readonly Pending[]): ProtoMessage {
  const { name, summary, types } = message;
  const waiting = listWaiting(pending.filter((entry) => entry.types.some((type) => Object.hasOwn(types, type))));
  return {
    ...buildMessage({ name, tree, path: "", owner: name, waiting }),
    comment: summary,
    types,
    subjects: findMessageSubjects(tree, name),
  };
}

function buildSharedFile(roots: readonly Root[], pending: readonly Pending[]): ProtoFile {
  const shared = SHARED_MESSAGES.filter(({ file }) => file === "shared");
  const messages = shared.map((message) => buildShared(message, { roots, waiting: listWaiting(pending) }));
  return { name: "shared.proto", summary: "Objects that several log types have.", messages };
}

function buildShared(
  shared: SharedMessage,
  { roots, waiting }: { readonly roots: readonly Root[]; readonly waiting: Waiting },
): ProtoMessage {
  const { name, paths, summary = "" } = shared;
  const tree = mergeShared(shared, roots);
  return { ...buildMessage({ name, tree, path: paths[0] ?? "", owner: name, waiting }), comment: summary };
}

/** What a shared object has in any of the messages that share it. */
function mergeShared({ paths, in: owners }: SharedMessage, roots: readonly Root[]): TypeTree {
  const sharers = roots.filter(({ message }) => owners?.includes(message.name) ?? true);
  const { description: _, ...tree } = mergeTrees(
    sharers.flatMap((root) => paths.flatMap((path) => findTree(root.tree, path) ?? [])),
  );
  return tree;
}

type Waiting = ReadonlyMap<string, readonly string[]>;

/** What is said in place of new fields, by the path of the object they belong to. */
function listWaiting(pending: readonly Pending[]): Waiting {
  const waiting = new Map<string, string[]>();
  for (const { path, types, change, was } of pending) {
    if (was !== undefined) continue;
    const parent = path.slice(0, Math.max(0, path.lastIndexOf(".")));
    const text = `Waits for a review (${types.join(", ")}): ${change}.`;
    waiting.set(parent, [...(waiting.get(parent) ?? []), text]);
  }
  return waiting;
}
