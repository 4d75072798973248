import type { Class, Kind, Role } from "#plan";
import { classify } from "./classify.ts";
import { describeShape } from "./compare.ts";
import type { TreePlace, ValueKind } from "./tree.ts";

/** What a field probably is: a proposal for whoever reviews it. */
export interface Proposal {
  readonly class: Class;
  readonly kind: Kind;
  readonly about?: Role;
}

/** What the last name of a path suggests, the most telling first. */
const HINTS: readonly (Proposal & { readonly name: RegExp; readonly only?: ValueKind })[] = [
  { name: /password|secret|passcode|otp$|credential$|api_?key/i, class: "SECRET", kind: "CREDENTIAL" },
  { name: /counts?$|total$/i, only: "number", class: "INTERNAL", kind: "COUNT" },
  { name: /e-?mail/i, only: "string", class: "PII", kind: "EMAIL", about: "TARGET" },
  { name: /phone|msisdn/i, only: "string", class: "PII", kind: "PHONE", about: "TARGET" },
  { name: /(^|_)ip(v[46])?($|_)|Ip$|IP$/, only: "string", class: "PII", kind: "IP", about: "TARGET" },
  { name: /user[-_]?agent/i, only: "string", class: "PII", kind: "USER_AGENT", about: "TARGET" },
  {
    name: /^(first|last|given|family|nick|user|full|middle)_?name$|^name$/i,
    class: "PII",
    kind: "PERSON_NAME",
    about: "TARGET",
  },
  { name: /birth|gender|street|postal|address/i, class: "SENSITIVE_PII", kind: "OTHER", about: "TARGET" },
  {
    name: /country|city|subdivision|continent|latitude|longitude|time_?zone/i,
    class: "PII",
    kind: "GEO",
    about: "TARGET",
  },
  { name: /user_?id$|^sub$/i, class: "IDENTIFIER", kind: "SUBJECT_ID", about: "TARGET" },
  {
    name: /session|transaction|trace|correlation|jti|token/i,
    only: "string",
    class: "IDENTIFIER",
    kind: "SESSION_ID",
    about: "TARGET",
  },
  { name: /fingerprint|thumbprint|device|ja[34]/i, only: "string", class: "PII", kind: "FINGERPRINT", about: "TARGET" },
  { name: /ids?$|Ids?$/, only: "string", class: "IDENTIFIER", kind: "OBJECT_ID" },
  { name: /ur[il]$|path$|referr?er|picture/i, only: "string", class: "PII", kind: "URL", about: "TARGET" },
  { name: /(_|^)(at|date|time)$|At$/, only: "string", class: "INTERNAL", kind: "TIMESTAMP" },
  { name: /name$/i, only: "string", class: "CONFIDENTIAL", kind: "OBJECT_NAME" },
  {
    name: /type$|status$|strategy$|method$|version$|code$|mode$|state$|alg$/i,
    only: "string",
    class: "INTERNAL",
    kind: "CODE",
  },
];

/** What the JSON type suggests where the name says nothing: text can hold anything. */
const BY_SHAPE: ReadonlyMap<string, Proposal> = new Map<string, Proposal>([
  ["boolean", { class: "INTERNAL", kind: "FLAG" }],
  ["number", { class: "INTERNAL", kind: "COUNT" }],
  ["string", { class: "PII", kind: "FREE_TEXT", about: "TARGET" }],
]);

const OPEN: Proposal = { class: "CUSTOMER_CONTENT", kind: "OPEN_OBJECT" };

/** Proposes what a field is: what the rules say, else what its name suggests, else what its JSON type does. */
export function propose(place: TreePlace, message = ""): Proposal {
  return classify(place, message) ?? suggestByName(place);
}

/** Writes a proposal as `details.contact (string), proposed PII, EMAIL, about TARGET`. */
export function describeProposal(place: TreePlace, message = ""): string {
  const { class: name, kind, about } = propose(place, message);
  const words = [name, kind, ...(about === undefined ? [] : [`about ${about}`])];
  return `${place.path} (${describeShape(place.tree)}), proposed ${words.join(", ")}`;
}

/** A telling name counts whatever the JSON type is, so that a numeric id is one; only its kind must fit the type. */
function suggestByName({ path, tree }: TreePlace): Proposal {
  const shape = describeShape(tree);
  const byShape = BY_SHAPE.get(shape);
  if (byShape === undefined) return OPEN;
  const name = path.split(".").at(-1)?.replace("[]", "") ?? "";
  const hint = HINTS.find((candidate) => candidate.name.test(name));
  if (hint === undefined) return byShape;
  const { class: fieldClass, about, only = shape } = hint;
  const kind = only === shape ? hint.kind : (UNFIT_KINDS.get(shape) ?? "OTHER");
  return { class: fieldClass, kind, ...(about !== undefined && { about }) };
}

/** The kind of a value whose name says what it is about, and whose JSON type is not that of such a value. */
const UNFIT_KINDS: ReadonlyMap<string, Kind> = new Map([["boolean", "FLAG"]]);
