import { findAll, type Scanner, type TextRange } from "./scanner.ts";

/** Digits with signs between them. A plus begins a number, or stands for a space in forms (`+1+202+555+0143`). */
const RUN = /(?:\+ ?)?\(?\d(?:[ ().\-/+\u2027·]{0,4}\d)*/g;

/** ISO/IEC 7812: 13 to 19 digits, of which the first says the industry: 2 to 6 are payment. */
const CARD = /^[2-6]\d{12,18}$/;
/** Cards are printed in groups that begin with one of four. */
const SHORTEST_GROUP = 4;

export const cards: Scanner = {
  tag: "[CARD]",
  summary: "payment cards",
  *find(text) {
    for (const run of findAll(/(?<![\w.+])\d(?:[ -]?\d){12,}(?!\w|\.\d)/g, text)) yield* findCards(text, run);
  },
};

/** Cards begin and end where groups of digits do. */
function* findCards(text: string, run: TextRange): Iterable<TextRange> {
  const signs = text.slice(run.start, run.end);
  const groups = [...findAll(/\d+/g, signs)];
  for (let first = 0; first < groups.length; first++) {
    const last = findLast(signs, groups, first);
    if (last === undefined) continue;
    yield { start: run.start + (groups[first]?.start ?? 0), end: run.start + (groups[last]?.end ?? 0) };
    first = last;
  }
}

function findLast(run: string, groups: readonly TextRange[], first: number): number | undefined {
  let digits = "";
  if (lengthOf(groups[first]) < SHORTEST_GROUP) return undefined;
  for (let last = first; last < groups.length && digits.length <= 19; last++) {
    digits += run.slice(groups[last]?.start, groups[last]?.end);
    if (CARD.test(digits) && isLuhn(digits)) return last;
  }
  return undefined;
}

function lengthOf(span: TextRange | undefined): number {
  return span === undefined ? 0 : span.end - span.start;
}

/** ISO/IEC 7812-1, annex B: every second digit from the right counts twice. */
function isLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .map((digit, index) => Number(digit) * (1 + (index % 2)))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return sum % 10 === 0;
}

export const phones: Scanner = {
  tag: "[PHONE]",
  summary: "phone numbers with their extensions",
  *find(text) {
    for (const run of findAll(RUN, text))
      for (const piece of splitRun(text, run)) {
        const phone = isPhone(text, piece) ? piece : findInside(text, piece);
        if (phone !== undefined) yield { start: phone.start, end: phone.end + extensionAt(text, phone.end) };
      }
  },
};

/** ITU-T E.164: at most 15 digits; some networks have one or two more behind a prefix. */
const MAX_DIGITS = 15;

/** Where another number may begin: at a plus, at a bracket or two zeros behind a whole one. */
const BEGINNING = /(?<=[ /(])(?:\+ ?\(?\d|00[1-9]|\(\d{2,5}\) ?\d)/g;
const MIN_DIGITS = 7;

/** Divides a run where a number begins, and one that still holds too much by its words. */
function* splitRun(text: string, { start, end }: TextRange): Iterable<TextRange> {
  let from = start;
  for (const { index, 0: sign } of text.slice(start, end).matchAll(BEGINNING)) {
    const piece = trim(text, { start: from, end: start + index });
    if (!sign.startsWith("+") && (countDigits(text, piece) < MIN_DIGITS || isInternational(text, piece))) continue;
    yield* splitLong(text, piece);
    from = start + index;
  }
  const closing = closingAt(text, { start: from, end });
  yield* splitLong(text, trim(text, { start: from, end: closing ?? end }));
  if (closing !== undefined) yield* splitLong(text, trim(text, { start: closing, end }));
}

/** Where a bracket closes that was opened before the number. */
function closingAt(text: string, { start, end }: TextRange): number | undefined {
  const at = text.slice(start, end).search(/[()]/);
  return at >= 0 && text.charAt(start + at) === ")" ? start + at : undefined;
}

/** Takes words together while they are no more than a number has. */
function* splitLong(text: string, { start, end }: TextRange): Iterable<TextRange> {
  if (countDigits(text, { start, end }) <= maxDigits(text, start)) return yield { start, end };
  let piece: TextRange | undefined;
  for (const part of findAll(/[^ /]+/g, text.slice(start, end))) {
    const word = { start: start + part.start, end: start + part.end };
    const both = piece && { start: piece.start, end: word.end };
    const isNext = beginsNumber(text, word, piece);
    if (both && !isNext && countDigits(text, both) <= maxDigits(text, both.start)) piece = both;
    else {
      if (piece) yield piece;
      piece = word;
    }
  }
  if (piece) yield piece;
}

/** A zero begins a number, unless what it follows has the prefix of a country. */
function beginsNumber(text: string, word: TextRange, piece: TextRange | undefined): boolean {
  const sign = text.charAt(word.start);
  return (
    sign === "+" ||
    sign === "(" ||
    (sign === "0" && !(piece && isInternational(text, piece))) ||
    countDigits(text, word) >= LONG
  );
}

function isInternational(text: string, { start }: TextRange): boolean {
  return /^\(?(?:00|\+)/.test(text.slice(start, start + 3));
}

/** Countries whose numbers all have one length, and the longest of the others. */
function maxDigits(text: string, start: number): number {
  return /^\+ ?(?:1|7|33|34|48)/.test(text.slice(start, start + 4)) ? 11 : MAX_DIGITS;
}

/** A number beside another one is long, or begins as numbers do. */
const LONG = 9;
/** Words on either side of a number that are looked at as something else. */
const WORDS_BESIDE = 2;

/** The longest number that begins or ends where a piece has a space: what is beside it is something else. */
function findInside(text: string, { start, end }: TextRange): TextRange | undefined {
  const starts = [start, ...[...findAll(/(?<=[ )])[(\d]/g, text.slice(start, end))].map((at) => start + at.start)];
  const ends = [...[...findAll(/\d(?=[ )])/g, text.slice(start, end))].map((at) => start + at.end), end];
  const all = starts
    .slice(0, WORDS_BESIDE + 1)
    .flatMap((from) => ends.slice(-WORDS_BESIDE - 1).map((to) => trim(text, { start: from, end: to })));
  return all
    .filter((part) => /^[(0]/.test(text.charAt(part.start)) || countDigits(text, part) >= LONG)
    .sort((one, other) => other.end - other.start - (one.end - one.start))
    .find((part) => isPhone(text, part));
}

function trim(text: string, { start, end }: TextRange): TextRange {
  let from = start;
  let to = end;
  while (from < to && /[ ./\-)]/.test(text.charAt(from))) from++;
  while (to > from && !/\d/.test(text.charAt(to - 1))) to--;
  const brackets = text.slice(from, to);
  if (brackets.startsWith("(") && !brackets.includes(")")) from++;
  return { start: from, end: to };
}

function countDigits(text: string, { start, end }: TextRange): number {
  return text.slice(start, end).replace(/\D/g, "").length;
}

/** Words before a hyphen that say what a number is; any other makes it the id of something. */
const PHONE_WORD = /(?:phone|fon|fax|tel|mobile?|mob|cell|sms|whatsapp|msisdn|call|handy|number|num|no|from|to)-$/i;

function isPhone(text: string, { start, end }: TextRange): boolean {
  const number = text.slice(start, end);
  const digits = countDigits(text, { start, end });
  if (digits < MIN_DIGITS || digits > MAX_DIGITS) return false;
  if (/^\+|^00[1-9]/.test(number)) return !/\d$/.test(text.slice(0, start).slice(-1)) || number.startsWith("+");
  if (isPartOfWord(text, { start, end })) return false;
  const hasPrefix = /^\(?0/.test(number) || /^\(\d/.test(number);
  return hasPrefix ? !/^0\.\d+$/.test(number) && !isSmall(number) : isPlain(number, digits);
}

/** Letters beside it make a number part of an id; so do they before a hyphen, and it of a name of a host. */
function isPartOfWord(text: string, { start, end }: TextRange): boolean {
  const before = text.slice(Math.max(0, start - 12), start);
  if (/[A-Za-z_%$€£#]$/.test(before) && !/(?:tel|phone|fax|sms|fon)_?$/i.test(before)) return true;
  if (/[A-Za-z0-9]-$/.test(before) && !PHONE_WORD.test(before)) return true;
  if (/[A-Za-z]\/$/.test(before) && /\./.test(text.slice(start, end))) return true;
  const behind = text.slice(end, end + 8);
  return /^[A-Za-z_%°]/.test(behind) && !EXTENSION.test(behind);
}

/** Flags such as `0000-0001`. */
function isSmall(number: string): boolean {
  return /^[0 ().\-/]*\d{0,2}$/.test(number);
}

/** Shapes of numbers without any prefix: by the lengths of their groups. */
const SHAPES =
  /^(?:3-4|4-4|3-2-4|2-3-2|3-2-2|2-2-3|3-3-3|2-2-2-2|3-2-3|2-3-3|3-5|2-6|3-6|2-7|3-3-4|3-7|2-3-2-2|3-2-2-2|3-3-2-2|3-6|2-4-4|2-8|1-4-4|5-5|5-6|4-6|4-3-3|4-3-4|3-4-4|3-4-3|2-5-4|2-4-5|2-9|1-3-3-4|1-3-3-2-2|1-10|2-10|2-3-3-4|2-3-7|2-2-7|2-2-4-4|2-3-4-4|2-3-3-3|2-4-6|2-4-3-3|2-5-5|2-5-6|2-1-2-2-2-2|1-2-2-2-2|3-2-3-4|3-3-3-3|3-2-7|3-1-7|3-2-3-2-2|2-2-5-4|2-2-8|2-3-8|2-2-3-4|2-3-6|2-3-5|1-3-7|1-3-3-2-2|1-7|1-2-6|1-3-4|1-3-5|1-2-5|2-2-4|2-3-4|3-2-6)$/;

function isPlain(number: string, digits: number): boolean {
  if (/[/+]/.test(number)) return /^1?\d{10}$/.test(number.replace(/\D/g, "")) && /\+/.test(number);
  const groups = number.split(/[^\d]+/).filter((group) => group !== "");
  if (groups.length === 1) return digits >= 10;
  if (/[.]/.test(number) && /^(?:19|20)\d{2}\./.test(number)) return false;
  return SHAPES.test(groups.map(({ length }) => length).join("-"));
}

const EXTENSION = /^ ?[,;]? ?(?:ext(?:ension|n)?|x|доб|poste|durchwahl|int|anexo|ramal|#)[.:=]? ?\d{1,6}(?!\d)/i;

function extensionAt(text: string, end: number): number {
  return EXTENSION.exec(text.slice(end, end + 24))?.[0].length ?? 0;
}
