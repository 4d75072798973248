import { createHash } from "node:crypto";
import { ALPHANUMERIC, DIGITS, HEX, type SeededChoices } from "./random.ts";

/** The people and things that the events of one sample are about; they occur again and again. */
export interface SampleWorld {
  readonly tenant: string;
  readonly environment: string;
  readonly domain: string;
  readonly people: readonly [SamplePerson, ...SamplePerson[]];
  readonly clients: readonly [Thing, ...Thing[]];
  readonly connections: readonly [Thing, ...Thing[]];
  readonly organizations: readonly [Thing, ...Thing[]];
  readonly streamId: string;
  /** The last part of the partner event source's name. */
  readonly sourceId: string;
}

/** An invented person. Addresses and numbers are of the ranges that are kept free for examples. */
export interface SamplePerson {
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly phone: string;
  /** The provider's own id, and the one with the provider in front. */
  readonly bareId: string;
  readonly userId: string;
  readonly picture: string;
  readonly addresses: readonly [string, ...string[]];
  readonly userAgent: string;
  readonly sessionId: string;
  readonly ja3: string;
  readonly place: SampleLocation;
}

export interface Thing {
  readonly id: string;
  readonly name: string;
}

export interface SampleLocation {
  readonly country: string;
  readonly countryName: string;
  readonly city: string;
  readonly continent: string;
  readonly timeZone: string;
  readonly latitude: number;
  readonly longitude: number;
}

const PEOPLE = 24;

const GIVEN_NAMES = [
  "Ada",
  "Anaïs",
  "Björn",
  "Çağla",
  "Chloë",
  "Émile",
  "Gülşen",
  "Håkon",
  "Ingeborg",
  "Jesús",
  "Łucja",
  "María José",
  "Nguyệt",
  "Ólafur",
  "Renée",
  "Siobhán",
  "Søren",
  "Thảo",
  "Vojtěch",
  "Zoë",
  "Юлия",
  "陽菜",
  "ماريا",
  "Jean-Luc",
] as const; // prettier-ignore
const FAMILY_NAMES = [
  "Ångström-Test",
  "Beispiel",
  "Časný",
  "D'Example",
  "Ejemplo",
  "Esimerkki",
  "Exemple",
  "Fictício",
  "Muster",
  "Mustermann",
  "Návrh",
  "O'Sample",
  "Örnek",
  "Přiklad",
  "Próba",
  "Sampleton",
  "Testov",
  "van der Proef",
  "Vzorová",
  "Þykjustu",
] as const; // prettier-ignore

const USER_AGENTS = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  "example-app/7.1.0 (node.js/20.19.0)",
] as const;

const PLACES: readonly [SampleLocation, ...SampleLocation[]] = [
  {
    country: "DE",
    countryName: "Germany",
    city: "Köln",
    continent: "EU",
    timeZone: "Europe/Berlin",
    latitude: 50.94,
    longitude: 6.96,
  },
  {
    country: "BR",
    countryName: "Brazil",
    city: "São Paulo",
    continent: "SA",
    timeZone: "America/Sao_Paulo",
    latitude: -23.55,
    longitude: -46.63,
  },
  {
    country: "IS",
    countryName: "Iceland",
    city: "Reykjavík",
    continent: "EU",
    timeZone: "Atlantic/Reykjavik",
    latitude: 64.15,
    longitude: -21.94,
  },
  {
    country: "US",
    countryName: "United States",
    city: "Springfield",
    continent: "NA",
    timeZone: "America/Chicago",
    latitude: 39.8,
    longitude: -89.64,
  },
];

/** Invents the world of a sample. */
export function createWorld(random: SeededChoices): SampleWorld {
  const people = Array.from({ length: PEOPLE }, () => createPerson(random));
  const uuid = [8, 4, 4, 4, 12].map((length) => random.text(HEX, length)).join("-");
  return {
    tenant: "acme-demo",
    environment: "prod-eu-1",
    domain: "acme-demo.eu.auth0.com",
    people: [createPerson(random), ...people],
    clients: [client("Acme Web"), client("Acme Mobile"), client("Acme CLI")],
    connections: [
      thing("con_", "Username-Password-Authentication"),
      thing("con_", "google-oauth2"),
      thing("con_", "acme-oidc"),
    ],
    organizations: [thing("org_", "acme-corp"), thing("org_", "example-gmbh"), thing("org_", "muster-und-soehne")],
    streamId: `est_${random.text(ALPHANUMERIC, 22)}`,
    sourceId: uuid,
  };

  function client(name: string): Thing {
    return { id: random.text(ALPHANUMERIC, 32), name };
  }

  function thing(prefix: string, name: string): Thing {
    return { id: `${prefix}${random.text(ALPHANUMERIC, 16)}`, name };
  }
}

function createPerson(random: SeededChoices): SamplePerson {
  const givenName = random.pick(GIVEN_NAMES);
  const familyName = random.pick(FAMILY_NAMES);
  const email = `${toAscii(givenName)}.${toAscii(familyName)}${random.int(90) + 10}@example.${random.pick(["com", "org", "net"])}`;
  const isSocial = random.chance(0.2);
  const bareId = isSocial ? `1${random.text(DIGITS, 20)}` : random.text(HEX, 24);
  return {
    givenName,
    familyName,
    email,
    phone: `+1${random.pick(["202", "303", "415", "617"])}55501${random.text(DIGITS, 2)}`,
    bareId,
    userId: `${isSocial ? "google-oauth2" : "auth0"}|${bareId}`,
    picture: `https://s.gravatar.com/avatar/${createHash("md5").update(email).digest("hex")}?s=480&r=pg`,
    addresses: [
      `${random.pick(["192.0.2", "198.51.100", "203.0.113"])}.${random.int(254) + 1}`,
      `2001:db8:${random.text(HEX, 4)}::${random.text(HEX, 4)}`,
    ],
    userAgent: random.pick(USER_AGENTS),
    sessionId: random.text(ALPHANUMERIC, 32),
    ja3: random.text(HEX, 32),
    place: random.pick(PLACES),
  };
}

/** Letters that an e-mail address has in place of others; a name without any becomes `user`. */
function toAscii(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();
  return plain === "" ? "user" : plain;
}
