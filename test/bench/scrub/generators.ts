import { getCountries, getExampleNumber } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { ALPHANUMERIC, BASE64URL, DIGITS, HEX, LOWER, type Pick } from "./draw.ts";
import type { Mark } from "./read-messages.ts";

/** Writes one value of a category, as texts have it. */
export type Generate = (pick: Pick) => string;

/** By category: what is found under the tag of that name. */
export const GENERATORS: Readonly<Record<Mark["category"], Generate>> = {
  EMAIL: (pick) => spell(pick, `${writeLocal(pick)}@${writeHost(pick)}`),
  PHONE: writePhone,
  IP: (pick) => pick.of([writeIpv4, writeIpv4, writeIpv6])(pick),
  USER_ID: writeUserId,
  ID: (pick) => pick.of([`${pick.of(["org", "con", "rol", "usr"])}_${mixed(pick, 16)}`, `6${pick.text(HEX, 22)}a`]),
  MAC: writeMac,
  CARD: writeCard,
  IBAN: writeIban,
  JWT: writeJwt,
  TOKEN: writeToken,
  CREDENTIALS: (pick) => `${pick.text(LOWER, 6)}:${pick.text(BASE64URL, 10)}`,
};

/** Letters and digits, at least one of each. */
function mixed(pick: Pick, length: number): string {
  return `${pick.text(LOWER, 1)}${pick.text(DIGITS, 1)}${pick.text(ALPHANUMERIC, length - 2)}`;
}

function word(pick: Pick): string {
  return pick.text(LOWER, 2 + pick.below(8));
}

function writeLocal(pick: Pick): string {
  const [one, other] = [word(pick), word(pick)];
  return pick.of([
    one,
    `${one}.${other}`,
    `${one}+${other}`,
    `${one}_${other}${pick.below(100)}`,
    `${one}-${other}`,
    `o'${one}`,
    `"${one} ${other}"`,
    `"${one}@${other}"`,
    `${one}_${other}.example#EXT#`,
    `jürgen.${one}`,
    `иван.${one}`,
    `!${one}!${other}%x`,
  ]);
}

function writeHost(pick: Pick): string {
  const [one, other] = [word(pick), word(pick)];
  return pick.of([
    `${one}.com`,
    `mail.${one}.example`,
    `${one}-${other}.co.uk`,
    `${one}.onmicrosoft.com`,
    `bücher.${one}.de`,
    `xn--${one}-kva.example`,
  ]);
}

/** Ways to write the sign in an address: as it is more often than not. */
function spell(pick: Pick, address: string): string {
  const at = pick.of([
    "@",
    "@",
    "@",
    "@",
    "@",
    "%40",
    "%2540",
    "%252540",
    "&#64;",
    "&#x40;",
    "&commat;",
    "\\u0040",
    "＠",
    "\u200b@",
  ]);
  return address.includes('"') ? address : address.replace("@", at);
}

const COUNTRIES = getCountries();

/** Numbers as libphonenumber formats them for every country; last digits are drawn. */
function writePhone(pick: Pick): string {
  for (;;) {
    const example = getExampleNumber(pick.of(COUNTRIES as ["DE"]), examples);
    if (example === undefined || example.nationalNumber.length < 8) continue;
    const national = example.formatNational();
    const form = pick.of([
      example.formatInternational(),
      example.formatInternational(),
      example.number,
      example.formatInternational().replaceAll(" ", pick.of(["-", ".", "\u00a0", "\u2011"])),
      example.formatInternational().replace("+", "00"),
      ...(/[ ().-]/.test(national) ? [national] : []),
      `${example.formatInternational()} ext. ${1 + pick.below(999)}`,
    ]);
    return form.replace(/\d{3}(?=\D*$)/, (last) => (form.includes("ext") ? last : pick.text(DIGITS, 3)));
  }
}

function writeIpv4(pick: Pick): string {
  return Array.from({ length: 4 }, () => pick.below(256)).join(".");
}

function writeIpv6(pick: Pick): string {
  const groups = Array.from({ length: 8 }, () => pick.text(HEX, 4));
  return pick.of([
    groups.join(":"),
    `2001:db8::${groups[0]}:1`,
    `fe80::${groups[1]}:1%eth${pick.below(9)}`,
    `::ffff:${writeIpv4(pick)}`,
    groups.join(":").toUpperCase(),
  ]);
}

function writeUserId(pick: Pick): string {
  const bar = pick.of(["|", "|", "|", "%7C", "%257C", "&#124;", "\\u007c", "｜"]);
  const connection = pick.of([
    "auth0",
    "google-oauth2",
    "samlp",
    "waad",
    "sms",
    "email",
    "windowslive",
    "facebook",
    "oauth2",
    "adfs",
    "apple",
  ]);
  const inside = ["samlp", "oauth2", "adfs"].includes(connection) ? `${bar}${word(pick)}` : "";
  return `${connection}${inside}${bar}${pick.of([pick.text(HEX, 23), pick.text(DIGITS, 21)])}${pick.below(10)}`;
}

function writeMac(pick: Pick): string {
  const bytes = Array.from({ length: 6 }, () => pick.text(HEX, 2));
  return pick.of([
    bytes.join(":"),
    bytes.join("-"),
    bytes.join(":").toUpperCase(),
    `a0${bytes[0]}.${bytes[1]}${bytes[2]}.${bytes[3]}${bytes[4]}`,
  ]);
}

function writeCard(pick: Pick): string {
  const body = `${pick.of(["4", "51", "55", "6011", "2221"])}${pick.text(DIGITS, 15)}`.slice(0, 15);
  const check = Array.from(DIGITS).find((digit) => isLuhn(body + digit)) ?? "";
  const groups = (body + check).match(/\d{4}/g) ?? [];
  return groups.join(pick.of(["", " ", "-", "\u00a0"]));
}

function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const value = Number(digits[digits.length - 1 - at]);
    sum += at % 2 === 1 ? Math.floor((value * 2) / 10) + ((value * 2) % 10) : value;
  }
  return sum % 10 === 0;
}

function writeIban(pick: Pick): string {
  const [country, length] = pick.of<readonly [string, number]>([
    ["DE", 18],
    ["FR", 23],
    ["GB", 18],
    ["NL", 14],
    ["ES", 20],
    ["CH", 17],
    ["NO", 11],
  ]);
  const account = pick.text(DIGITS, length);
  const letters = `${account}${country.charCodeAt(0) - 55}${country.charCodeAt(1) - 55}00`;
  const iban = `${country}${String(98n - (BigInt(letters) % 97n)).padStart(2, "0")}${account}`;
  return pick.of([iban, iban.toLowerCase(), iban.replace(/.{4}(?=.)/g, "$& "), iban.replace(/.{4}(?=.)/g, "$&-")]);
}

function writeJwt(pick: Pick): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const [head, body, more] = [
    part({ alg: "RS256", kid: word(pick) }),
    part({ sub: word(pick) }),
    pick.text(BASE64URL, 42),
  ];
  return pick.of([
    `${head}.${body}.${more}x`,
    `${head}==.${body}=.${more}x`,
    `${head}.${body}`,
    `${head}.${more}.${more}.${more}.${more}x`,
    `${head}..${more}.${more}.${more}x`,
  ]);
}

function writeToken(pick: Pick): string {
  return pick.of([`v1.M${pick.text(BASE64URL, 40)}x1`, `ghp_${mixed(pick, 36)}`, `sk_live_${mixed(pick, 24)}`]);
}
