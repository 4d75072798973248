import { type Kind, kindFacts } from "./kinds.ts";
import type { Role } from "./roles.ts";

/**
 * How sensitive a field is, from least to most.
 *
 * The names are those of `auth0.proto.options.types.v1.Class`; a test compares the two lists.
 */
export const CLASSES = [
  "PUBLIC",
  "INTERNAL",
  "CONFIDENTIAL",
  "IDENTIFIER",
  "PII",
  "SENSITIVE_PII",
  "CUSTOMER_CONTENT",
  "SECRET",
] as const;

export type Class = (typeof CLASSES)[number];

/** Classes whose values may be about a person. An IDENTIFIER is personal only where its field is about one. */
export const PERSONAL_CLASSES: readonly Class[] = ["IDENTIFIER", "PII", "SENSITIVE_PII", "CUSTOMER_CONTENT"];

/** What decides whom a field's values are about. */
export interface PersonFacts {
  readonly class: Class;
  readonly kind: Kind;
  readonly about?: Role;
  /** Its values are of a kind that names people, and yet name none. */
  readonly notAPerson?: boolean;
}

/** Tells whether values of a field may be about a person: such values are left out once the person is fenced. */
export function isPersonal(field: PersonFacts): boolean {
  if (field.notAPerson) return false;
  if (field.class === "IDENTIFIER") return field.about !== undefined || kindFacts(field.kind).names === "person";
  return PERSONAL_CLASSES.includes(field.class);
}

/** Tells whether a field's values can be about anybody whom the event names, whatever role the field is about. */
export function isAboutAnybody(field: Pick<PersonFacts, "class" | "kind">): boolean {
  return field.class === "CUSTOMER_CONTENT" || kindFacts(field.kind).holdsAnything === true;
}

/**
 * What a transform lets its reader learn of the value, from least to most.
 *
 * A chain of transforms reveals at most what its least revealing transform does.
 */
export const REVEALS = ["PRESENCE", "LENGTH", "EQUALITY", "PRECISION", "PARTIAL", "ALL"] as const;

export type Reveal = (typeof REVEALS)[number];
