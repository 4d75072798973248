import { makeScopes } from "./make-scopes.ts";
import { type Moment, makeText } from "./make-text.ts";
import { ALPHANUMERIC } from "./random.ts";

/** Makes an object whose inside nobody declared, as such objects are in real events. */
export function makeOpenObject(path: string, moment: Moment): object {
  if (path === "auth0_client.env") return { node: "20.19.0" };
  if (path === "details.request") return makeRequest(moment);
  if (path === "details.response")
    return { statusCode: moment.random.pick([200, 201, 204]), body: makeProfile(moment) };
  if (path.endsWith("user_metadata")) return { locale: "de-DE", address: makeAddress(moment), newsletter: true };
  if (path.endsWith("metadata"))
    return { plan: "gold", roles: ["editor"], crm: { id: moment.random.int(10_000), note: "β-tester" } };
  return moment.random.chance(0.5) ? makeProfile(moment) : makeQuery(moment);
}

/** What a call of the Management API looks like in `sapi` events, whose schema leaves it open. */
export function makeManagementRequest(moment: Moment): object {
  const { person, random } = moment;
  const user = { user_id: person.userId, name: `${person.givenName} ${person.familyName}`, email: person.email };
  const credentials = { jti: random.text(ALPHANUMERIC, 32), scopes: makeScopes(random) };
  return {
    ...makeRequest(moment),
    query: {},
    body: { ...makeProfile(moment), password: "*****" },
    channel: "https://manage.auth0.com/",
    auth: { user, strategy: "jwt", credentials },
  };
}

function makeRequest(moment: Moment): object {
  const { person, random } = moment;
  return {
    method: random.pick(["post", "patch", "delete"]),
    path: makeText("URL", "path", moment),
    userAgent: person.userAgent,
    ip: random.pick(person.addresses),
  };
}

function makeProfile({ person }: Moment): object {
  return { email: person.email, name: `${person.givenName} ${person.familyName}`, phone_number: person.phone };
}

function makeAddress({ person: { place } }: Moment): object {
  return { city: place.city, country: place.country };
}

function makeQuery({ person, random }: Moment): object {
  const redirect = `https://app.example.com/?hint=${encodeURIComponent(person.email)}`;
  return { redirect_uri: redirect, login_hint: person.email, nonce: random.text(ALPHANUMERIC, 12) };
}
