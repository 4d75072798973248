const DATE = /\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])/;
const FULL_DATE = new RegExp(`^${DATE.source}$`);
const MINUTE = /(?:[01]\d|2[0-3]):[0-5]\d/;
const DATE_TIME = new RegExp(
  `^(${DATE.source})[Tt ](${MINUTE.source}):([0-5]\\d|60)(?:\\.(\\d+))?([Zz]|[+-]${MINUTE.source})?$`,
);

/** A moment since the epoch. */
export interface Instant {
  readonly ms: number;
  /** Whole µs after that millisecond, 0 to 999. */
  readonly us: number;
}

/**
 * Reads an RFC 3339 date and time to the µs; undefined when it is none. `zone` is that of a text that names none.
 *
 * Finer fractions are cut off. A leap second (`23:59:60`) is the last µs of the second before it: after all of that
 * second, and on the same day.
 */
export function parseInstant(text: string, zone = ""): Instant | undefined {
  const [, date, minute, second = "", fraction = "", named] = DATE_TIME.exec(text) ?? [];
  const offset = (named ?? zone).toUpperCase();
  if (date === undefined || offset === "" || !isDate(date)) return undefined;
  const [whole, part] = second === "60" ? ["59", "999999"] : [second, fraction.slice(0, 6).padEnd(6, "0")];
  return { ms: Date.parse(`${date}T${minute}:${whole}.${part.slice(0, 3)}${offset}`), us: Number(part.slice(3)) };
}

/** Reads an RFC 3339 date and time with its zone as ms since the epoch; undefined when it is none. */
export function parseRfc3339(text: string): number | undefined {
  return parseInstant(text)?.ms;
}

/** Most digits of a second that index mappings and readers of `date-time` take. */
const MOST_DIGITS = 9;

/**
 * Spells an RFC 3339 date and time as strict readers want it: `T` and `Z`, at most nine digits of a second, and a leap
 * second as the last moment of the second before it. Undefined when it is none.
 *
 * {@link parseInstant} reads the same moment from both.
 */
export function normalizeRfc3339(text: string): string | undefined {
  if (parseRfc3339(text) === undefined) return undefined;
  const [, date, minute, second = "", fraction = "", zone = ""] = DATE_TIME.exec(text) ?? [];
  if (second === "60") return `${date}T${minute}:59.${"9".repeat(MOST_DIGITS)}${zone.toUpperCase()}`;
  const digits = fraction === "" ? "" : `.${fraction.slice(0, MOST_DIGITS)}`;
  return `${date}T${minute}:${second}${digits}${zone.toUpperCase()}`;
}

/** Tells whether a text is a date of the calendar, such as 2027-01-01. `Date.parse` takes 31 February for 3 March. */
export function isDate(text: string): boolean {
  return FULL_DATE.test(text) && new Date(Date.parse(`${text}T00:00:00Z`)).toISOString().startsWith(text);
}
