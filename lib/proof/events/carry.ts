import { CONTAINERS, type Container, FORMS, type Form } from "#feeds";
import type { FeedName, Path } from "#plan";
import type { Pen } from "../canaries/pen.ts";

/** What a form reads of an event, or is known by. */
export type FactName = "id" | "type" | "time" | "tenant" | "source" | "mark";

/** A string that a record must hold to be an event of its form. */
export interface Fact {
  readonly name: FactName;
  /** From the root of the record. */
  readonly path: Path;
  /** The path from the root of the inner event; absent = it stands outside. */
  readonly inside?: string;
  /** How the text has to begin and end. */
  readonly prefix: string;
  readonly suffix: string;
}

/** A fact with its text. */
export interface WrittenFact {
  readonly path: Path;
  readonly text: string;
}

/** Lists the forms in which events of a feed come. */
export function formsOf(feed: FeedName): readonly Form[] {
  return FORMS[feed];
}

/** Lists what records of a form must hold: the marks it is known by, unless they are facts it reads. */
export function factsOf(form: Form): readonly Fact[] {
  const tenant = form.tenant.find(({ pattern }) => pattern === undefined)?.path;
  const paths = { id: form.id[0], type: form.type, time: form.time[0]?.path, tenant, source: form.source };
  const read = Object.entries(paths).flatMap(([name, path]) => (path ? [{ name: name as FactName, path }] : []));
  const marks = form.when.flatMap(({ at: [path], kind, prefix = "", suffix = "" }) =>
    kind === "string" && path && !read.some((fact) => isSame(fact.path, path))
      ? [{ name: "mark" as const, path, prefix, suffix }]
      : [],
  );
  return [...read.map((fact) => ({ ...fact, prefix: "", suffix: "" })), ...marks].map((fact) => ({
    ...fact,
    ...(isInside(fact.path, form.body) && { inside: fact.path.slice(form.body.length).join(".") }),
  }));
}

/** Writes the record that carries an inner event, with members of its own that nobody asked for. */
export function carry(
  form: Form,
  body: string,
  { outside, around }: { readonly outside: readonly WrittenFact[]; readonly around: Pen },
): string {
  if (form.body.length === 0) return body;
  const tree: Tree = new Map();
  for (const { path, text } of outside) plant(tree, path, JSON.stringify(text));
  plant(tree, [around.word()], JSON.stringify(around.word()));
  plant(tree, ["resources"], JSON.stringify([`arn:aws:events:eu-west-1:123456789012:${around.word()}`]));
  plant(tree, form.body, body);
  return writeTree(tree);
}

/** Writes a record that holds other records. */
export function carryMany(container: Container, records: readonly string[], around: Pen): string {
  const items = `[${records.join(",")}]`;
  if (container.items.length === 0) return items;
  const tree: Tree = new Map();
  plant(tree, container.items, items);
  plant(tree, [around.word()], JSON.stringify(around.word()));
  return writeTree(tree);
}

/** The containers that files may hold. */
export const FILE_CONTAINERS: readonly Container[] = CONTAINERS.filter(({ channels }) => channels.includes("files"));

function isInside(path: Path, body: Path): boolean {
  return body.every((name, index) => path[index] === name);
}

function isSame(one: Path, other: Path): boolean {
  return one.length === other.length && isInside(one, other);
}

/** Objects under construction; texts are JSON. */
type Tree = Map<string, Tree | string>;

function plant(tree: Tree, [name, ...rest]: Path, json: string): void {
  if (name === undefined) return;
  const found = tree.get(name);
  if (rest.length === 0) {
    tree.set(name, json);
  } else {
    const below: Tree = found instanceof Map ? found : new Map();
    tree.set(name, below);
    plant(below, rest, json);
  }
}

function writeTree(tree: Tree): string {
  const members = [...tree].map(
    ([name, value]) => `${JSON.stringify(name)}:${typeof value === "string" ? value : writeTree(value)}`,
  );
  return `{${members.join(",")}}`;
}
