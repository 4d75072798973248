import type { Kind } from "#plan";
import type { Pen } from "../canaries/pen.ts";

/** A string to be planted. */
export interface FormText {
  readonly text: string;
  /** How it is spelled in JSON; absent = as `JSON.stringify` does. */
  readonly json?: string;
}

/** Writes a string with canaries; `number` is another one for each value. */
export type TextForm = (pen: Pen, kind: Kind, number: number) => FormText;

/** Instant around which all times of the proof lie; a minute past, so that cutting changes every one of them. */
export const PROOF_TIME_MS = Date.UTC(2026, 5, 15, 12, 34, 56, 789);

/** A value of each kind that passes for one, with a canary wherever the kind leaves room for it. */
const KIND_TEXTS: Readonly<Record<Kind, (pen: Pen, number: number) => string>> = {
  OTHER: plainWord,
  EMAIL: writeEmail,
  PHONE: (pen) => `+${pen.digits("phone")}`,
  PERSON_NAME: plainWord,
  SUBJECT_ID: (pen) => `auth0|${pen.word("subject id")}`,
  OBJECT_ID: plainWord,
  OBJECT_NAME: plainWord,
  SESSION_ID: plainWord,
  EVENT_ID: plainWord,
  TENANT: plainWord,
  IP: (_, number) => writeIp(number),
  GEO: plainWord,
  USER_AGENT: (pen) => `Mozilla/5.0 (${pen.word()}) Gecko/20100101 Firefox/140.0 ${pen.word()} ${pen.word()}`,
  FINGERPRINT: plainWord,
  URL: writeUrl,
  FREE_TEXT: writeSentence,
  OPEN_OBJECT: plainWord,
  CREDENTIAL: writeToken,
  TIMESTAMP: (_, number) => writeTime(number),
  COUNT: (pen) => pen.digits(),
  FLAG: (_, number) => (number % 2 === 0 ? "true" : "no"),
  CODE: plainWord,
};

/** Forms of a string, the one that its kind expects first. */
export const TEXT_FORMS: readonly TextForm[] = [
  (pen, kind, number) => ({ text: KIND_TEXTS[kind](pen, number) }),
  (pen) => ({ text: writeSentence(pen) }),
  (pen) => ({ text: writeUrl(pen) }),
  (pen) => ({ text: plainWord(pen) }),
  (pen) => ({ text: pen.digits() }),
  writeScripts,
  writeHalfPair,
  writeHuge,
  () => ({ text: "" }),
  writeEncoded,
  (pen) => ({ text: ` ${pen.word().toUpperCase()}@${pen.word().toUpperCase()}.EXAMPLE ` }),
];

/** Longer than anything that is cut, short enough for every field of an event to be as long. */
const FILLER = " and so on".repeat(150);
/** One in so many is a hundred times as long. */
const ENDLESS = 97;

function writeHuge(pen: Pen, _: Kind, number: number): FormText {
  const filler = number % ENDLESS === 0 ? FILLER.repeat(100) : FILLER;
  return { text: `${pen.word()}${filler}${pen.word()}${filler}${pen.word()}` };
}

/** Begins with a letter, as words of a language do, whatever the canary begins with. */
function plainWord(pen: Pen): string {
  return `w${pen.word()}`;
}

function writeEmail(pen: Pen): string {
  return `${pen.word("email")}@${pen.word("domain")}.example`;
}

/** Addresses that differ in every value, of each family in turn; none ends in a zero bit. */
export function writeIp(number: number): string {
  const low = (number % 0x7fff) * 2 + 1;
  const high = Math.floor(number / 0x7fff) % 0x100;
  if (number % 3 === 0) return `2001:db8:${high.toString(16)}:${low.toString(16)}:77::${low.toString(16)}`;
  const ipv4 = `10.${high}.${low >> 8}.${low & 0xff}`;
  return number % 3 === 1 ? ipv4 : `::ffff:${ipv4}`;
}

/** Times of the day before, each another one. */
export function writeTime(number: number): string {
  return new Date(PROOF_TIME_MS - (number % 86_000) * 1000).toISOString();
}

/** A path and a query with ids and addresses, encoded once and twice. */
function writeUrl(pen: Pen): string {
  const id = encodeURIComponent(`auth0|${pen.word("escaped id")}`);
  const mail = encodeURIComponent(`${pen.word("email")}@${pen.word("domain")}.example`);
  const twice = encodeURIComponent(encodeURIComponent(`auth0|${pen.word()}`));
  return `https://app.example/${pen.word()}/users/${id}?login_hint=${mail}&return=%2Fusers%2F${twice}#${pen.word()}`;
}

/** Free text, which holds anything: what scrubbers look for, and what they cannot know. */
function writeSentence(pen: Pen): string {
  const mail = writeEmail(pen);
  return `"${pen.word()}" (${mail}, tel. +${pen.digits("phone")}, auth0|${pen.word("subject id")}) sent ${writeToken(pen)}\nto ${writeUrl(pen)}`;
}

/** A JWT: what it says is base64 of JSON. */
function writeToken(pen: Pen): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = part({ sub: pen.encoded("base64", "token"), scope: "openid" });
  const signature = Buffer.from(pen.encoded("base64", "token")).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${claims}.${signature}`;
}

/** A text that was cut in the middle of a character: it is JSON, and no Unicode. */
function writeHalfPair(pen: Pen, _: Kind, number: number): FormText {
  return { text: number % 2 === 0 ? `${pen.word()} \ud83d` : `\ude00 ${pen.word()}` };
}

/** Other scripts, controls, noncharacters and marks around a canary whose letters are all JSON escapes. */
function writeScripts(pen: Pen): FormText {
  const [before, word, behind] = ["Zoë e\u0301 \u202e\u0000\t", pen.word(), "\u202c 😀 \ufdd0 \uffff"];
  const escaped = Array.from(word, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join("");
  const [first, last] = [JSON.stringify(before).slice(0, -1), JSON.stringify(behind).slice(1)];
  return { text: `${before}${word}${behind}`, json: `${first}${escaped}${last}` };
}

/** Canaries that stand in the value in an encoding only. */
function writeEncoded(pen: Pen): FormText {
  const base64 = Buffer.from(`{"id":"${pen.encoded("base64")}"}`).toString("base64");
  const hex = Buffer.from(pen.encoded("hex")).toString("hex");
  const percent = Array.from(pen.encoded("percent"), (letter) => `%${letter.charCodeAt(0).toString(16)}`).join("");
  return { text: `${base64} ${hex} ${percent}` };
}
