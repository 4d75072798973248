import { isIP } from "node:net";

/** What a kind of field promises about its values, beside their JSON type. */
export interface KindFacts {
  readonly summary: string;
  /** Tells whether a string can be a value of this kind; a string that cannot be is dropped and counted. */
  readonly isValid?: (text: string) => boolean;
}

/**
 * What a field is. The names are those of `auth0.proto.options.types.v1.Kind`; a test compares the two lists.
 *
 * Shared code reads the facts and never tests a kind's name.
 */
export const KINDS = {
  OTHER: { summary: "nothing more specific; only class-wide defaults serve it" },
  EMAIL: { summary: "an e-mail address" },
  PHONE: { summary: "a phone number" },
  PERSON_NAME: { summary: "a name, nickname or user name of a person" },
  SUBJECT_ID: { summary: "an identifier of a person" },
  OBJECT_ID: { summary: "an identifier of a thing: organization, connection, client, role, group" },
  OBJECT_NAME: { summary: "the name of a thing" },
  SESSION_ID: { summary: "an identifier of a session, transaction or correlation" },
  EVENT_ID: { summary: "an identifier of an event" },
  TENANT: { summary: "the name of a tenant or environment" },
  IP: { summary: "an IPv4 or IPv6 address without a zone", isValid: isIpAddress },
  GEO: { summary: "a place: country, city, coordinates, time zone" },
  USER_AGENT: { summary: "a user agent" },
  FINGERPRINT: { summary: "a fingerprint of a device or TLS client, such as ja3 and ja4" },
  URL: { summary: "a URL, path or host name" },
  FREE_TEXT: { summary: "text written by people or programs, which can hold anything" },
  OPEN_OBJECT: { summary: "a JSON value whose fields nobody declared" },
  CREDENTIAL: { summary: "a password, key, token, code or certificate" },
  TIMESTAMP: { summary: "an RFC 3339 time" },
  COUNT: { summary: "a number of things" },
  FLAG: { summary: "yes or no" },
  CODE: { summary: "one of a small set of words: a type, status, strategy, version" },
} as const satisfies Record<string, KindFacts>;

export type Kind = keyof typeof KINDS;

function isIpAddress(text: string): boolean {
  return !text.includes("%") && isIP(text) !== 0;
}
