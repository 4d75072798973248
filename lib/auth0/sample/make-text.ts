import type { Kind } from "#plan";
import { ALPHANUMERIC, DIGITS, HEX, type SeededChoices } from "./random.ts";
import type { SamplePerson, SampleWorld } from "./world.ts";

/** What is true of one event: who it is about, and when it happened. */
export interface Moment {
  readonly random: SeededChoices;
  readonly world: SampleWorld;
  readonly person: SamplePerson;
  readonly timeMs: number;
}

/** Makes a text of a kind for a field of a name. */
export function makeText(kind: Kind, name: string, moment: Moment): string {
  return MAKERS[kind](moment, name);
}

type Maker = (moment: Moment, name: string) => string;

const MAKERS: Readonly<Record<Kind, Maker>> = {
  EMAIL: ({ person }) => person.email,
  PHONE: ({ person }) => person.phone,
  PERSON_NAME: makePersonName,
  SUBJECT_ID: ({ person, random }, name) =>
    /identi|idp|sub$/.test(name) || random.chance(0.2) ? person.bareId : person.userId,
  OBJECT_ID: makeObjectId,
  OBJECT_NAME: makeObjectName,
  SESSION_ID: ({ person, random }, name) => (name === "session_id" ? person.sessionId : random.text(ALPHANUMERIC, 32)),
  EVENT_ID: ({ random }) => random.text(HEX, 32),
  TENANT: ({ world }, name) => (name === "environment_name" ? world.environment : world.tenant),
  IP: ({ person, random }) => random.pick(person.addresses),
  GEO: makePlace,
  USER_AGENT: ({ person }, name) => SDK.get(name) ?? person.userAgent,
  FINGERPRINT: ({ person, random }, name) => (name === "ja3" ? person.ja3 : random.text(HEX, 32)),
  URL: makeUrl,
  FREE_TEXT: makeSentence,
  OPEN_OBJECT: makeSentence,
  CREDENTIAL: ({ random }, name) => (/assword/.test(name) ? "*****" : `*************${random.text(ALPHANUMERIC, 4)}`),
  TIMESTAMP: ({ timeMs }) => new Date(timeMs).toISOString(),
  COUNT: ({ random }) => random.text(DIGITS, 3),
  FLAG: ({ random }) => String(random.chance(0.5)),
  CODE: ({ random }, name) => WORDS.get(name) ?? random.pick(["standard", "default", "unknown"]),
  OTHER: ({ person }, name) => (name.includes("phone") ? person.phone : person.bareId),
};

/** The SDK of an application, as its `Auth0-Client` header names it. */
const SDK: ReadonlyMap<string, string> = new Map([
  ["name", "auth0-spa-js"],
  ["version", "2.4.1"],
]);

const WORDS: ReadonlyMap<string, string> = new Map([
  ["strategy", "auth0"],
  ["strategy_type", "database"],
  ["version", "1.0.0"],
  ["method", "POST"],
  ["grant_type", "authorization_code"],
  ["protocol", "oidc-basic-profile"],
  ["channel", "https://manage.auth0.com/"],
  ["specversion", "1.0"],
  ["provider", "auth0"],
  ["confidence", "high"],
  ["code", "match"],
  ["name", "login"],
  ["flow", "universal-login"],
  ["mode", "persistent"],
  ["oauthError", "access_denied"],
  ["id_token_signing_alg", "RS256"],
  ["operation", "create"],
  ["primary", "#0059d6"],
  ["page_background", "#ffffff"],
]);

function makePersonName({ person }: Moment, name: string): string {
  if (/given|first/.test(name)) return person.givenName;
  if (/family|last/.test(name)) return person.familyName;
  if (/nick|user/i.test(name)) return person.email.slice(0, person.email.indexOf("@"));
  return `${person.givenName} ${person.familyName}`;
}

function makeObjectId({ world, random }: Moment, name: string): string {
  if (/client/i.test(name)) return random.pick(world.clients).id;
  if (name.includes("connection")) return random.pick(world.connections).id;
  if (name.includes("organization")) return random.pick(world.organizations).id;
  return `${name.slice(0, 3)}_${random.text(ALPHANUMERIC, 16)}`;
}

function makeObjectName({ world, random }: Moment, name: string): string {
  if (/client/i.test(name)) return random.pick(world.clients).name;
  return name.includes("connection") ? random.pick(world.connections).name : random.pick(world.organizations).name;
}

function makePlace({ person: { place } }: Moment, name: string): string {
  const known = new Map([
    ["country_name", place.countryName],
    ["city_name", place.city],
    ["continent_code", place.continent],
    ["time_zone", place.timeZone],
  ]);
  return known.get(name) ?? place.country;
}

function makeUrl({ world, person, random }: Moment, name: string): string {
  const id = encodeURIComponent(person.userId);
  const hint = encodeURIComponent(person.email);
  if (name === "picture") return person.picture;
  if (/host|domain/.test(name)) return world.domain;
  if (/path/i.test(name)) return `/api/v2/users/${id}`;
  if (name === "audience" || name === "uri") return `https://api.example.com/${random.pick(["orders", "profile"])}`;
  return `https://app.example.com/callback?login_hint=${hint}#${random.text(ALPHANUMERIC, 8)}`;
}

/** Text with what is hard to treat: quotes, line ends, other scripts, and people's data in the middle. */
function makeSentence({ person, random }: Moment): string {
  return random.pick([
    "Update tenant settings",
    `To: ${person.email}`,
    `User ${person.userId} failed with "invalid_grant"\n\tfrom ${person.addresses[0]}`,
    `Zugriff für ${person.givenName} verweigert – \\ Grund: „unbekannt“ ✋`,
    `Callback to https://app.example.com/?u=${encodeURIComponent(person.email)} refused, call ${person.phone}`,
  ]);
}
