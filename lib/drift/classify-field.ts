import { classify, type Proposal, propose, type TreePlace, type ValueKind } from "#auth0";
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
 * A telling name counts whatever the JSON type is: a number that is called an id is one. The kind is one that values of
 * these types can have: a transform for texts fits no number.
 */
export function classifyField({ path, schema, kinds }: UnclassifiedField): Classified {
  const message = schema.slice(schema.lastIndexOf(".") + 1);
  const asText = judge({ path, message, kinds: ["string"] });
  const asSeen = judge({ path, message, kinds });
  if (asText.class === "SECRET") return asText;
  if (isOpenValue(kinds)) return { ...asSeen, class: "CUSTOMER_CONTENT", kind: "OPEN_OBJECT" };
  const { why, ...proposal } = asText.kind === "FREE_TEXT" || asSeen.why !== GUESSED ? asSeen : asText;
  return { ...proposal, kind: fitKind(proposal.kind, kinds), why };
}

/** Tells whether values may have an inside, which then nobody declares. */
export function isOpenValue(kinds: readonly JsonKind[]): boolean {
  return kinds.includes("object") || kinds.includes("array");
}

const GUESSED = "What its name and JSON type suggest";

interface Judged {
  readonly path: string;
  readonly message: string;
  readonly kinds: readonly ValueKind[];
}

function judge({ path, message, kinds }: Judged): Classified {
  const place: TreePlace = { path, tree: { kinds, fields: new Map() } };
  const { class: fieldClass, kind, about } = propose(place, message);
  const why = classify(place, message)?.why.replace(/\.$/, "") ?? GUESSED;
  return { class: fieldClass, kind, ...(about !== undefined && { about }), why };
}

/** Kinds that values have which are no strings. */
const KINDS_OF: ReadonlyMap<ValueKind, readonly Kind[]> = new Map<ValueKind, readonly Kind[]>([
  ["number", ["COUNT", "GEO"]],
  ["boolean", ["FLAG"]],
]);

function fitKind(kind: Kind, kinds: readonly ValueKind[]): Kind {
  if (kinds.every((each) => KINDS_OF.get(each)?.includes(kind) ?? true)) return kind;
  return kinds.every((each) => each === "boolean") ? "FLAG" : "OTHER";
}
