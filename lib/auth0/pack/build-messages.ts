import { ConfigError } from "#errors";
import { joinPath } from "#json";
import { classify } from "./classify.ts";
import type { ProtoField, ProtoMessage } from "./proto-file.ts";
import type { FieldRule } from "./rules.ts";
import { findShared } from "./shared-messages.ts";
import { formOf, listTreePlaces, type TypeTree, type ValueKind } from "./tree.ts";

/** An object of the log types that becomes a message. */
export interface MessageSource {
  readonly name: string;
  readonly tree: TypeTree;
  /** Where it stands: empty for a root. */
  readonly path: string;
  /** Name of the root or shared message it belongs to: rules and sharing depend on it. */
  readonly owner: string;
  /** Comments about fields that wait for a review, by the path of the object that has them. */
  readonly waiting: ReadonlyMap<string, readonly string[]>;
}

/** Builds the message of an object and, inside of it, those of the objects that only it has. */
export function buildMessage(source: MessageSource): ProtoMessage {
  const parts = [...source.tree.fields].map(([key, tree]) => buildPart(source, { key, tree }));
  return {
    name: source.name,
    nested: parts.flatMap(({ nested }) => nested ?? []),
    fields: parts.map(({ field }) => field),
    waiting: source.waiting.get(source.path) ?? [],
  };
}

/** Finds the people a root message's events are about: its subject ids, but for those in arrays. */
export function findMessageSubjects(
  tree: TypeTree,
  message: string,
): readonly { readonly role: string; readonly path: string }[] {
  return listTreePlaces(tree).flatMap((place) => {
    const rule = classify(place, message);
    return rule?.subject === true && !place.path.includes("[]")
      ? [{ role: rule.about ?? "TARGET", path: place.path }]
      : [];
  });
}

interface Part {
  readonly field: ProtoField;
  readonly nested?: ProtoMessage;
}

interface Member {
  readonly key: string;
  readonly tree: TypeTree;
}

function buildPart(source: MessageSource, member: Member): Part {
  const path = joinPath(source.path, member.key);
  switch (formOf(member.tree)) {
    case "message":
      return buildObject(source, { ...member, path, many: false });
    case "list":
      return buildList(source, { ...member, path });
    case "map":
      return buildMap(source, { ...member, path });
    default:
      return buildValue(source, { ...member, path, type: (type) => type });
  }
}

function buildList(source: MessageSource, { key, tree, path }: Member & { path: string }): Part {
  const item = tree.item ?? tree;
  const described = tree.description === undefined ? item : { ...item, description: tree.description };
  if (formOf(item) === "message") return buildObject(source, { key, tree: described, path: `${path}[]`, many: true });
  return buildValue(source, { key, tree: described, path: `${path}[]`, type: (type) => `repeated ${type}` });
}

function buildObject(source: MessageSource, part: Member & { path: string; many: boolean }): Part {
  const { key, tree, path, many } = part;
  const shared = findShared(path, source.owner);
  const name = shared?.name ?? toMessageName(key, { isItem: many, taken: source.tree.fields });
  const field = { key, type: many ? `repeated ${name}` : name, alsoAccepts: [], ...commentOf(tree) };
  return shared === undefined ? { field, nested: buildMessage({ ...source, name, tree, path }) } : { field };
}

function buildMap(source: MessageSource, { key, tree, path }: Member & { path: string }): Part {
  const type = `map<string, ${typeOf(tree.value ?? tree)}>`;
  return { field: { key, type, rule: requireRule({ path, tree }, source.owner), alsoAccepts: [], ...commentOf(tree) } };
}

function buildValue(source: MessageSource, part: Member & { path: string; type: (type: string) => string }): Part {
  const { key, tree, path, type } = part;
  const also = tree.kinds.flatMap((kind) => ALSO_ACCEPTED.get(kind) ?? []);
  return {
    field: {
      key,
      type: type(typeOf(tree)),
      rule: requireRule({ path, tree }, source.owner),
      alsoAccepts: formOf(tree) === "scalar" ? also.slice(tree.kinds.includes("string") ? 0 : 1) : [],
      ...commentOf(tree),
    },
  };
}

const ALSO_ACCEPTED: ReadonlyMap<ValueKind, "NUMBER" | "BOOLEAN"> = new Map([
  ["number", "NUMBER"],
  ["boolean", "BOOLEAN"],
]);

function typeOf(tree: TypeTree): string {
  const [first] = tree.kinds;
  if (formOf(tree) === "scalar") return first === "number" ? "double" : first === "boolean" ? "bool" : "string";
  if (tree.kinds.length > 1) return "google.protobuf.Value";
  return first === "array" ? "google.protobuf.ListValue" : "google.protobuf.Struct";
}

function requireRule(place: { path: string; tree: TypeTree }, owner: string): FieldRule {
  const rule = classify(place, owner);
  if (rule !== undefined) return rule;
  throw new ConfigError(
    `expected a rule for the field ${place.path} of ${owner}, got none: add one to lib/auth0/pack/rules.ts`,
  );
}

/** Descriptions that say no more than the field's name. */
const EMPTY_DESCRIPTIONS = new Set(["", "Log details"]);

function commentOf({ description = "", words }: TypeTree): { comment?: string } {
  const text = EMPTY_DESCRIPTIONS.has(description.trim()) ? "" : description.trim().replace(/([\w`)])$/, "$1.");
  const listed = words === undefined ? "" : `One of ${words.map((word) => `\`${word}\``).join(", ")}.`;
  const comment = [text, listed].filter((part) => part !== "").join(" ");
  return comment === "" ? {} : { comment };
}

/** Turns a key into a message name: `user_errors` becomes `UserErrors`, one of them a `UserError`. */
function toMessageName(key: string, { isItem, taken }: { isItem: boolean; taken: TypeTree["fields"] }): string {
  const words = key.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const singular = isItem && name.endsWith("s") ? name.slice(0, -1) : name;
  return taken.has(singular) ? `${singular}Object` : singular;
}
