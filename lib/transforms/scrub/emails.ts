import type { Scanner, TextRange } from "./scanner.ts";

/** What no local part holds unless it is quoted. */
const DELIMITER = /[\s\p{C}<>()[\]{}"“”„«»,;:\\/=&?#|@\uffff]/u;
/** Delimiters of URLs, which local parts may hold (RFC 5322, atext). */
const SOFT = "#&{}?";
/** Scripts that are written without spaces: a word of them beside a Latin one is not the same word. */
const SPACELESS =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;
const OPENERS: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
  [">", "<"],
  ["}", "{"],
  ["”", "“"],
  ["'", "'"],
]);
const DOMAIN = /[\p{L}\p{M}\p{N}._-]/u;
/** Longest local part (RFC 5321, 4.5.3.1.1), quotes and escapes apart. */
const REACH = 64;

/** What stands behind the at sign of a package or a picture. */
const NO_DOMAIN =
  /^(?:v?\d+(?:\.\d+){0,2}(?:-[\w.-]*)?|[\^~][\d.]+|latest|next|beta|alpha|canary|\dx\.(?:png|jpe?g|webp|gif|svg))$/i;

/** Addresses at every at sign: what is around is looked at once, and never before the last find. */
export const emails: Scanner = {
  tag: "[EMAIL]",
  summary: "e-mail addresses, quoted ones and those of guests too",
  *find(text) {
    let last = 0;
    for (let sign = text.indexOf("@"); sign >= 0; sign = text.indexOf("@", Math.max(sign + 1, last))) {
      const at = skipQuoted(text, sign, last);
      const start = findLocalPart(text, at, last);
      if (start === at) continue;
      const end = findDomain(text, at);
      if (end === at + 1) continue;
      yield { start, end };
      last = end;
    }
  },
};

/** The sign behind the quotes that a sign stands in; the sign itself where it stands in none. */
function skipQuoted(text: string, at: number, last: number): number {
  const more = /^@[^"\n\uffff]{0,64}"(?=@)/.exec(text.slice(at, at + 68))?.[0].length ?? 0;
  const opening = more > 0 ? findQuote(text, at + more - 1, Math.max(last, at - REACH)) : undefined;
  return opening !== undefined && opening < at ? at + more : at;
}

/** Where the local part before an at sign begins; the sign's own place where there is none. */
function findLocalPart(text: string, at: number, last: number): number {
  const before = skipGuest(text, at);
  const enclosed = findOpener(text, before, Math.max(last, before - REACH * 2));
  const start = enclosed ?? before;
  return trimStart(text, { start: widen(text, walkLeft(text, start, last), last), end: at });
}

/** A guest's account ends in `#EXT#`, behind the address at home. */
function skipGuest(text: string, at: number): number {
  return /^#ext#$/i.test(text.slice(Math.max(0, at - 5), at)) ? at - 5 : at;
}

/** Where a quoted or bracketed part begins that ends before `end`. */
function findOpener(text: string, end: number, floor: number): number | undefined {
  const sign = text.charAt(end - 1);
  if (sign === '"') return findQuote(text, end - 1, floor);
  const opener = OPENERS.get(sign);
  if (opener === undefined) return undefined;
  const from = text.slice(floor, end - 1);
  const found = from.lastIndexOf(opener);
  return found < 0 || /[\n\uffff]/.test(from.slice(found)) ? undefined : floor + found;
}

/** Quotes that are escaped (JSON in JSON) are opened by escaped ones; others by a plain one. */
function findQuote(text: string, closing: number, floor: number): number | undefined {
  const isEscaped = text.charAt(closing - 1) === "\\";
  for (let at = closing - 1 - Number(isEscaped); at >= floor; at--) {
    if (text.charAt(at) === "\n") return undefined;
    if (text.charAt(at) !== '"' || at === closing - 1) continue;
    const hasBackslash = text.charAt(at - 1) === "\\" && at > floor;
    if (hasBackslash === isEscaped) return at - Number(isEscaped);
  }
  return undefined;
}

/** Walks over the characters of a local part, and those that a backslash makes part of it. */
function walkLeft(text: string, from: number, floor: number): number {
  let start = from;
  while (start > floor) {
    const isEscaped = start - 1 > floor && text.charAt(start - 2) === "\\" && !/[\w\n"]/.test(text.charAt(start - 1));
    const sign = text.charAt(start - 1);
    if (isEscaped) start -= 2;
    else if (sign === "\\" && start === from && from !== 0 && text.charAt(from) === "@") start--;
    else if (DELIMITER.test(sign) || isOtherWord(sign, text.charAt(start))) break;
    else start--;
  }
  return start;
}

function isOtherWord(left: string, right: string): boolean {
  return SPACELESS.test(left) && /[A-Za-z0-9]/.test(right);
}

/** A local part may hold what delimits in URLs, where nothing says that it stands in one. */
function widen(text: string, start: number, last: number): number {
  const sign = text.charAt(start - 1);
  if (start <= last || !(SOFT.includes(sign) || sign === "/" || sign === "=")) return start;
  const floor = Math.max(last, start - REACH);
  let from = start;
  while (from > floor && !/[\s\p{C}<>()[\]"“”„«»,;:\\|@\uffff]/u.test(text.charAt(from - 1))) from--;
  const more = text.slice(from, start);
  return isLocal(more) && !/[:/]/.test(text.charAt(from - 1)) ? from : start;
}

/** `customer/department=`, `bounce+alice=home.example` as mail servers write it, and what has no sign of a URL. */
function isLocal(more: string): boolean {
  if (/^[\w.+-]+\/[\w.+-]+=$/.test(more) || /^[\w.]+[+-][\w.+-]+=$/.test(more)) return true;
  return !/[/=]/.test(more) && !/^[#&?{}]/.test(more);
}

function trimStart(text: string, { start, end }: TextRange): number {
  let from = start;
  while (from < end && "'’*`".includes(text.charAt(from)) && from + 1 < end) from++;
  return from;
}

/** Where the domain behind an at sign ends; several are one address, so that no piece of it stays. */
function findDomain(text: string, at: number): number {
  let end = at + 1;
  for (let sign = at; text.charAt(sign) === "@"; sign = end) {
    const next = findOneDomain(text, sign + 1);
    if (next === sign + 1) break;
    end = next;
  }
  return NO_DOMAIN.test(text.slice(at + 1, end)) ? at + 1 : end;
}

function findOneDomain(text: string, from: number): number {
  const literal =
    /^\[(?:IPv6:)?[\d.:A-Fa-f]{3,45}\]|^\([^()\n]{0,64}\)/i.exec(text.slice(from, from + 66))?.[0].length ?? 0;
  let end = from + literal;
  while (end < text.length && DOMAIN.test(text.charAt(end)) && !isNextWord(text, end)) end++;
  while (end > from + literal && /[._-]/.test(text.charAt(end - 1))) end--;
  return end;
}

function isNextWord(text: string, at: number): boolean {
  return (
    SPACELESS.test(text.charAt(at)) && /[A-Za-z0-9.]/.test(text.charAt(at - 1)) && !/\.$/.test(text.slice(at - 1, at))
  );
}
