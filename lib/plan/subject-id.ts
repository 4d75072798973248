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
