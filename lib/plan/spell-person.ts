/**
 * Brings a user id to the one form under which a person is known: `auth0|X` becomes `X`.
 *
 * Auth0 writes the same database user as `auth0|X` and as bare `X`, depending on the log type (observed in real log
 * events, 2025). Every other prefix stays, since `google-oauth2|1` and `github|1` are two people. So does `auth0|` before
 * an id with a `|` of its own: what is left of `auth0|github|1` would be somebody else's id. Case is kept: ids are
 * case-sensitive.
 */
export function canonicalSubjectId(id: string): string {
  if (!id.startsWith(DATABASE_PREFIX)) return id;
  const rest = id.slice(DATABASE_PREFIX.length);
  return rest === "" || rest.includes("|") ? id : rest;
}

const DATABASE_PREFIX = "auth0|";

/**
 * What Auth0 writes in place of a user id where a machine acts for itself: the client's id and `@clients`
 * (https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles). User ids of people have a `|`, or come
 * without what stands before it; none ends like this.
 */
const MACHINE = /^[\w-]{1,128}@clients$/;

/** Canonical id of a person; undefined where the text is empty or names a machine. */
export function spellSubjectId(text: string): string | undefined {
  return text === "" || MACHINE.test(text) ? undefined : canonicalSubjectId(text);
}

/** The one spelling of an e-mail address or name: lower case, composed, without outer space; undefined where it is empty. */
export function spellAddress(text: string): string | undefined {
  return toOneSpelling(text) || undefined;
}

/** Digits of a phone number, however it is grouped; undefined where there are none. */
export function spellPhone(text: string): string | undefined {
  return text.replace(/\D/g, "").replace(/^00/, "") || undefined;
}

/**
 * More combining marks in a row than any text has (UAX #15, stream-safe text format: 30). Composing such a run takes
 * time that grows with its square: 5 s for 0.3 MB.
 */
const ENDLESS_MARKS = /\p{M}{31}/u;

/** Writes a text in lower case, composed (NFC) and free of outer space. */
export function toOneSpelling(text: string): string {
  const lower = text.trim().toLowerCase();
  return ENDLESS_MARKS.test(lower) ? lower : lower.normalize("NFC");
}
