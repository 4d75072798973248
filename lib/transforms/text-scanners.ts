import { isIPv6 } from "node:net";

/** Where in a text something stands: from `start` up to, but not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds one sort of personal data in free text. */
export interface Scanner {
  /** What is written in its place. */
  readonly tag: string;
  readonly summary: string;
  /** Yields spans in order, none inside another, in time that grows with the text's length. */
  find(text: string): Iterable<Span>;
}

/**
 * Every scanner, in the order in which they are applied: what one has replaced, the next does not see.
 *
 * Signs that URLs encode (`%40` for `@`) are read in both forms, encoded twice too.
 */
export const SCANNERS: readonly Scanner[] = [
  { tag: "[JWT]", summary: "JSON Web Tokens", find: findJwts },
  { tag: "[USER_ID]", summary: "Auth0 user ids, such as `auth0|…` and `google-oauth2%7C…`", find: findUserIds },
  { tag: "[EMAIL]", summary: "e-mail addresses", find: findEmails },
  {
    tag: "[ID]",
    summary: "Auth0's ids of things (`org_…`), ids of database users, and digests in hexadecimal",
    find: findIds,
  },
  { tag: "[IP]", summary: "IPv6 addresses", find: findIpv6 },
  { tag: "[IP]", summary: "IPv4 addresses", find: findIpv4 },
  { tag: "[PHONE]", summary: "phone numbers", find: findPhones },
];

/** Parts of tokens, in base64url, and what begins the first: `{"`. */
const TOKEN_RUN = /[\w.-]+/g;
const TOKEN_START = "eyJ";

const BAR = /\||%(?:25)?7c/gi;
const AT = /[@＠]|%(?:25)?40/gi;

/** What can stand on either side of an address or id: anything but space, control characters and what delimits values. */
const OUTSIDE = /[\s\p{C}<>()[\]{}"“”„,;:\\/=&?#|@＠]/u;
const PROVIDER = /[a-z0-9-]/;

/** Prefixes of Auth0's ids, and hexadecimal text as long as a database user's id or longer. */
const ID = /(?<![A-Za-z0-9])(?:[a-z]{2,4}_[A-Za-z0-9]{12,32}|[0-9A-Fa-f]{24,128})(?![A-Za-z0-9])/g;

const IPV6_RUN = /(?:[0-9A-Fa-f:.]|%3[Aa])+/g;
const IPV4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/g;

const PHONE_RUN = /\+?\(?\d[\d ().\-\u00a0\u2009\u2011\u202f]*\d/g;
const DATE = /^\d{4}-\d{2}-\d{2}(?!\d)/;

function* findJwts(text: string): Iterable<Span> {
  for (const { start, end } of findAll(TOKEN_RUN, text)) {
    const run = text.slice(start, end);
    const from = run.indexOf(TOKEN_START);
    if (from < 0 || !run.includes(".", from)) continue;
    yield { start: start + from, end: trimRight(text, { from: start, to: end }) };
  }
}

/** A connection's name, a bar, and whatever follows up to a delimiter; further bars are part of the id. */
function findUserIds(text: string): Iterable<Span> {
  return findAround(text, { anchor: BAR, isLeft: (character) => PROVIDER.test(character), isRight: isPartOfId });
}

function findEmails(text: string): Iterable<Span> {
  return findAround(text, { anchor: AT, isLeft: isInside, isRight: isInside });
}

function findIds(text: string): Iterable<Span> {
  return findAll(ID, text);
}

/** Runs that are an address once outer signs are cut off, and those too long for one that hold what looks like it. */
function* findIpv6(text: string): Iterable<Span> {
  for (const run of findAll(IPV6_RUN, text)) {
    const { start, end } = trimRun(text, run);
    const address = decodeColons(text.slice(start, end));
    const colons = address.split(":").length - 1;
    const isLikely = isIPv6(address) || colons >= 7 || address.includes("::");
    if (colons >= 2 && isLikely && /[0-9A-Fa-f]/.test(address)) yield { start, end };
  }
}

function findIpv4(text: string): Iterable<Span> {
  return findAll(IPV4, text);
}

function* findPhones(text: string): Iterable<Span> {
  for (const run of findAll(PHONE_RUN, text)) yield* findPhonesInRun(text, run);
}

/** A run of more digits than a number has is looked at word by word. */
function* findPhonesInRun(text: string, { start, end }: Span): Iterable<Span> {
  const run = text.slice(start, end);
  const date = DATE.exec(run)?.[0].length ?? 0;
  if (date > 0) return yield* date < run.length ? findPhonesInRun(text, { start: start + date, end }) : [];
  const digits = countDigits(run);
  if (digits <= MAX_DIGITS) {
    if (digits >= (run.length === digits ? MIN_BARE_DIGITS : MIN_DIGITS)) yield { start, end };
    return;
  }
  for (const word of findAll(/[^ ]+/g, run)) {
    const isWhole = word.end - word.start === run.length;
    if (!isWhole) yield* findPhonesInRun(text, { start: start + word.start, end: start + word.end });
  }
}

/** ITU-T E.164: at most 15 digits. Fewer than 7, or 10 without a sign between them, are mostly something else. */
const MAX_DIGITS = 15;
const MIN_DIGITS = 7;
const MIN_BARE_DIGITS = 10;

function* findAll(pattern: RegExp, text: string): Iterable<Span> {
  for (const { index, 0: found } of text.matchAll(pattern)) yield { start: index, end: index + found.length };
}

function isInside(character: string): boolean {
  return !OUTSIDE.test(character);
}

function isPartOfId(character: string): boolean {
  return character === "|" || character === "@" || isInside(character);
}

interface Around {
  readonly anchor: RegExp;
  readonly isLeft: (character: string) => boolean;
  readonly isRight: (character: string) => boolean;
}

/** Finds signs with something on both sides. Each side is looked at once: never before the last find, nor in vain. */
function* findAround(text: string, { anchor, isLeft, isRight }: Around): Iterable<Span> {
  let last = 0;
  for (const { start, end } of findAll(anchor, text)) {
    let from = start;
    while (from > last && isLeft(text.charAt(from - 1))) from--;
    if (from === start) continue;
    let to = end;
    while (to < text.length && isRight(text.charAt(to))) to++;
    const trimmed = trimRight(text, { from: end, to });
    if (trimmed === end) continue;
    yield { start: from, end: trimmed };
    last = trimmed;
  }
}

/** Leaves the sign that ends a sentence outside of an address. */
function trimRight(text: string, { from, to }: { readonly from: number; readonly to: number }): number {
  let end = to;
  while (end > from && /[.!'’]/.test(text.charAt(end - 1))) end--;
  return end;
}

/** Cuts off what belongs to a word around (`std::vector`), dots, and single colons: those of `ip:2001:db8::1:`. */
function trimRun(text: string, run: Span): Span {
  const start = trimStart(text, run);
  return { start, end: trimEnd(text, { start, end: run.end }) };
}

function trimStart(text: string, { start, end }: Span): number {
  const isCut = isWordAt(text, start - 1) ? (sign: string) => sign !== ":" : (sign: string) => sign === ".";
  let at = start;
  while (at < end && isCut(text.charAt(at))) at++;
  return text.charAt(at) === ":" && text.charAt(at + 1) !== ":" ? at + 1 : at;
}

function trimEnd(text: string, { start, end }: Span): number {
  const isCut = isWordAt(text, end) ? (sign: string) => sign !== ":" : (sign: string) => sign === ".";
  let at = end;
  while (at > start && isCut(text.charAt(at - 1))) at--;
  return at > start && text.charAt(at - 1) === ":" && text.charAt(at - 2) !== ":" ? at - 1 : at;
}

function isWordAt(text: string, at: number): boolean {
  return /[\w-]/.test(text.charAt(at));
}

function decodeColons(text: string): string {
  return text.replaceAll(/%3[Aa]/g, ":");
}

function countDigits(text: string): number {
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) digits++;
  }
  return digits;
}
