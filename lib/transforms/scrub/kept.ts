import { findAll, type Scanner } from "./scanner.ts";

/** Numbers that are no one's: they are set aside before phone numbers are looked for, so that none is joined to one. */
const YEAR = "(?:19|20)\\d{2}";
const MONTH = "(?:0[1-9]|1[0-2])";
const DAY = "(?:0[1-9]|[12]\\d|3[01])";
const TIME = "(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:[.,]\\d{1,9})?)?(?: ?(?:Z|[+-]\\d{2}:?\\d{2}|[AP]M))?";
const NUMBER_BEFORE = "(?<!\\d|\\d[.,:/]|\\+\\d{1,3}[ -]?|00\\d{1,3}[ -]|\\(0?\\d{0,4}\\)[ -]?|\\d-)";

const KEPT = [
  `${YEAR}-${MONTH}-${DAY}(?:[T _]${TIME}|T\\d{6}Z?)?(?!\\d|-\\d)`,
  `${YEAR}(?<a>[/.])${MONTH}\\k<a>${DAY}(?: ${TIME})?(?!\\d)`,
  `(?:0?[1-9]|[12]\\d|3[01])(?<b>[/.-])(?:0?[1-9]|[12]\\d|3[01])\\k<b>${YEAR}(?!\\d)(?:,? ${TIME})?`,
  `${YEAR}-${YEAR}(?![\\d-])`,
  `${YEAR}${MONTH}${DAY}T?(?:[01]\\d|2[0-3])[0-5]\\d(?:[0-5]\\d)?(?:\\d{3})?Z?(?!\\d)`,
  `${TIME}(?!\\d)`,
  // Seconds, milliseconds, microseconds and nanoseconds since 1970, from 2014 to 2033.
  "1[4-9]\\d{8}(?:\\d{3}){0,3}(?:\\.\\d{1,9})?(?!\\d|[.-]\\d)",
].map((pattern) => `${NUMBER_BEFORE}(?:${pattern})`);

/** Ids in groups of hexadecimal digits, and words that hold letters and digits. */
const UUID = "(?<![A-Za-z0-9])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![A-Za-z0-9])";
const HASH = "(?<![A-Za-z0-9])(?=[0-9]{0,30}[A-Fa-f])[0-9A-Fa-f]{16,128}(?![A-Za-z0-9])";
const VERSION = "(?<=(?:^|[^A-Za-z0-9])(?:v|[A-Za-z][A-Za-z.]{1,24}/))\\d{1,10}(?:[._-]\\d{1,10}){1,5}";
const DECIMAL = "(?<![\\d.])\\d{1,12}\\.\\d{5,20}(?![\\d.])";

const PATTERN = new RegExp([UUID, HASH, VERSION, ...KEPT, DECIMAL].join("|"), "g");

export const keptNumbers: Scanner = {
  summary: "dates, times, versions and hashes, which stay",
  find: (text) => findAll(PATTERN, text),
};
