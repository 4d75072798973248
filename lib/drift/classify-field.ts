import { classify, type Place, type Proposal, propose, type ValueKind } from "#auth0";
import type { JsonKind } from "#json";
import type { Kind } from "#plan";

/** What a field probably is, and why: a proposal, which somebody has to judge. */
export interface Classified extends Proposal {
  /** One sentence, without its period. */
  readonly why: string;
}

export interface UnclassifiedField {
  /** From the root of the event. */
  readonly path: string;
  /** Full name of the event's root message. */
  readonly schema: string;
  /** JSON types it was seen with, `null` apart. */
  readonly kinds: readonly ValueKind[];
}

/**
 * Proposes class and kind of a field, by the rules of the pack, else by its name and JSON types.
 *
 * The kind is one that values of these types can have: a transform for texts fits no number.
 */
export function classifyField({ path, schema, kinds }: UnclassifiedField): Classified {
  const place = placeOf(path, kinds);
  const message = schema.slice(schema.lastIndexOf(".") + 1);
  const rule = classify(place, message);
  const { class: fieldClass, kind, about } = rule ?? guess(place, message);
  const person = about === undefined ? {} : { about };
  const why = rule?.why.replace(/\.$/, "") ?? "What its name and JSON type suggest";
  if (isOpen(kinds)) return { ...asOpen(fieldClass), ...person, why };
  return { class: fieldClass, kind: fitKind(kind, kinds), ...person, why };
}

/** Tells whether values may have an inside, which then nobody declares. */
export function isOpen(kinds: readonly JsonKind[]): boolean {
  return kinds.includes("object") || kinds.includes("array");
}

/** A telling name counts whatever the JSON type is: a number that is called an id is one. */
function guess(place: Place, message: string): Proposal {
  const byName = propose(placeOf(place.path, ["string"]), message);
  return byName.kind === "FREE_TEXT" || isOpen(place.tree.kinds) ? propose(place, message) : byName;
}

function placeOf(path: string, kinds: readonly ValueKind[]): Place {
  return { path, tree: { kinds, fields: new Map() } };
}

function asOpen(fieldClass: Proposal["class"]): Proposal {
  if (fieldClass === "SECRET") return { class: "SECRET", kind: "CREDENTIAL" };
  return { class: "CUSTOMER_CONTENT", kind: "OPEN_OBJECT" };
}

/** Kinds of values that are no strings; the first stands in for those that only strings can have. */
const KINDS_OF: ReadonlyMap<ValueKind, readonly Kind[]> = new Map<ValueKind, readonly Kind[]>([
  ["number", ["OTHER", "COUNT", "GEO", "CREDENTIAL"]],
  ["boolean", ["FLAG", "OTHER", "CREDENTIAL"]],
]);

function fitKind(kind: Kind, kinds: readonly ValueKind[]): Kind {
  const narrow = kinds.flatMap((each) => KINDS_OF.get(each) ?? []);
  if (narrow.length === 0 || kinds.every((each) => KINDS_OF.get(each)?.includes(kind) ?? true)) return kind;
  return kinds.length === 1 ? (narrow[0] ?? "OTHER") : "OTHER";
}
