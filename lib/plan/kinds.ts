import { isIP } from "node:net";
import type { JsonKind } from "#json";
import { isDecimalText, parseInteger } from "./integer.ts";
import { parseRfc3339 } from "./rfc3339.ts";
import { spellAddress, spellPhone, spellSubjectId } from "./spell-person.ts";

/** Tells by its text whether a value can be of a kind. */
type Test = (text: string) => boolean;

/** What a kind of field promises about its values, beside their JSON type. */
export interface KindFacts {
  readonly summary: string;
  /** What its values must be; what is not is left out and counted. Absent = anything of the field's JSON type. */
  readonly values?: {
    /** In words. */
    readonly rule: string;
    /** By JSON type; a value of another one cannot be of this kind. `true` = any. Each takes time by the text's length. */
    readonly tests: Readonly<Partial<Record<JsonKind, Test | true>>>;
  };
  /** The same identifier may come as a number: a text field takes one by its text, so that there is one of it. */
  readonly takesNumbersAsText?: true;
  /** Its texts are times: written in the one spelling of RFC 3339 where a column or an index has times. */
  readonly areTimes?: true;
  /** Where a field has `one_of`, that says it all. */
  readonly oneOfDecides?: true;
  /** Where `one_of` does not say which words, texts of this kind count as another kind before the widest ceilings. */
  readonly countsAs?: "FREE_TEXT";
  /**
   * Its values name people: `person` by an id of their own, `alias` by what others may share or take over later, such as an
   * e-mail address; `alias where declared` only with `alias: true`.
   */
  readonly names?: "person" | "alias" | "alias where declared";
  /** Brings what names a person to the one spelling under which the person is known. */
  readonly spelling?: (text: string) => string | undefined;
  /** Its values can be about anybody whom the event names, and more. */
  readonly holdsAnything?: true;
}

/** What a person or thing may be called by machines. `@clients` ends the ids of machine-to-machine clients. */
const ID = /^[\w.:/|~+=-]{1,256}(?:@clients)?$/;
const TENANT = /^[A-Za-z0-9][\w.:/-]{0,127}$/;
const WORD = /^[A-Za-z][\w.:/-]{0,63}$/;
const FLAG_TEXT = /^(?:true|false|yes|no|0|1)$/i;
const SMALL_NUMBER = /^\d{1,5}$/;

/**
 * What a field is. The names are those of `auth0.proto.options.types.v1.Kind`; a test compares the two lists.
 *
 * Shared code reads the facts and never tests a kind's name.
 */
export const KINDS = {
  OTHER: { summary: "nothing more specific; only class-wide defaults serve it" },
  EMAIL: { summary: "an e-mail address", names: "alias", spelling: spellAddress },
  PHONE: { summary: "a phone number", names: "alias", spelling: spellPhone },
  PERSON_NAME: {
    summary: "a name, nickname or user name of a person",
    names: "alias where declared",
    spelling: spellAddress,
  },
  SUBJECT_ID: {
    summary: "an identifier of a person",
    values: { rule: "not empty: nobody is called by nothing", tests: { string: isThere, number: true } },
    takesNumbersAsText: true,
    names: "person",
    spelling: spellSubjectId,
  },
  OBJECT_ID: {
    summary: "an identifier of a thing: organization, connection, client, role, group",
    values: {
      rule: "letters, digits and `_.:/|~+=-`, up to 256; at the end `@clients`, and no other `@`",
      tests: { string: (text) => ID.test(text), number: isWhole },
    },
    takesNumbersAsText: true,
  },
  OBJECT_NAME: { summary: "the name of a thing" },
  SESSION_ID: { summary: "an identifier of a session, transaction or correlation", takesNumbersAsText: true },
  EVENT_ID: { summary: "an identifier of an event", takesNumbersAsText: true },
  TENANT: {
    summary: "the name of a tenant or environment",
    values: {
      rule: "begins with a letter or digit, and holds these and `_.:/-`, up to 128",
      tests: { string: (text) => TENANT.test(text) },
    },
  },
  IP: {
    summary: "an IPv4 or IPv6 address",
    values: { rule: "an IPv4 or IPv6 address without a zone", tests: { string: isIpAddress } },
  },
  GEO: { summary: "a place: country, city, coordinates, time zone" },
  USER_AGENT: { summary: "a user agent" },
  FINGERPRINT: { summary: "a fingerprint of a device or TLS client, such as ja3 and ja4" },
  URL: { summary: "a URL, path or host name" },
  FREE_TEXT: { summary: "text written by people or programs, which can hold anything", holdsAnything: true },
  OPEN_OBJECT: { summary: "a JSON value whose fields nobody declared", holdsAnything: true },
  CREDENTIAL: { summary: "a password, key, token, code or certificate" },
  TIMESTAMP: {
    summary: "a time",
    values: {
      rule: "an RFC 3339 date and time; as a number, a whole one",
      tests: { string: (text) => parseRfc3339(text) !== undefined, number: isWhole },
    },
    areTimes: true,
  },
  COUNT: {
    summary: "a number of things",
    values: {
      rule: "a whole number from 0, in decimal digits where it is text",
      tests: { string: isCountText, number: isCount },
    },
  },
  FLAG: {
    summary: "yes or no",
    values: {
      rule: "true or false; as text also `yes`, `no`, `0`, `1`, as a number 0 or 1",
      tests: { boolean: true, string: (text) => FLAG_TEXT.test(text), number: (text) => /^[01]$/.test(text) },
    },
  },
  CODE: {
    summary: "one of a small set of words: a type, status, strategy, version",
    values: {
      rule: "one of `one_of`; without it begins with a letter, and holds letters, digits and `_.:/-`, up to 64; as a number 0 to 99999",
      tests: { boolean: true, string: (text) => WORD.test(text), number: (text) => SMALL_NUMBER.test(text) },
    },
    oneOfDecides: true,
    countsAs: "FREE_TEXT",
  },
} as const satisfies Record<string, KindFacts>;

export type Kind = keyof typeof KINDS;

/** Gets the facts of a kind. */
export function kindFacts(kind: Kind): KindFacts {
  return KINDS[kind];
}

function isThere(text: string): boolean {
  return text !== "";
}

function isWhole(text: string): boolean {
  return parseInteger(text) !== undefined;
}

function isCount(text: string): boolean {
  const count = parseInteger(text);
  return count !== undefined && count >= 0n;
}

function isCountText(text: string): boolean {
  return isDecimalText(text) && isCount(text);
}

function isIpAddress(text: string): boolean {
  return !text.includes("%") && isIP(text) !== 0;
}
