const DATE = /\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])/;
const MINUTE = /(?:[01]\d|2[0-3]):[0-5]\d/;
const DATE_TIME = new RegExp(
  `^(${DATE.source})[Tt ](${MINUTE.source}):([0-5]\\d|60)(?:\\.(\\d+))?([Zz]|[+-]${MINUTE.source})$`,
);

/**
 * Reads an RFC 3339 date and time as ms since the epoch; undefined when it is none.
 *
 * Finer fractions are cut off. A leap second (`23:59:60`) is read as the second before it.
 */
export function parseRfc3339(text: string): number | undefined {
  const [, date, minute, second = "", fraction = "", zone] = DATE_TIME.exec(text) ?? [];
  if (date === undefined || zone === undefined || !isDate(date)) return undefined;
  const seconds = second === "60" ? "59" : second;
  return Date.parse(`${date}T${minute}:${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}${zone.toUpperCase()}`);
}

/** Most digits of a second that index mappings and readers of `date-time` take. */
const MOST_DIGITS = 9;

/**
 * Spells an RFC 3339 date and time as strict readers want it: `T` and `Z`, no leap second, at most nine digits of a
 * second. Undefined when it is none.
 */
export function normalizeRfc3339(text: string): string | undefined {
  if (parseRfc3339(text) === undefined) return undefined;
  const [, date, minute, second = "", fraction = "", zone = ""] = DATE_TIME.exec(text) ?? [];
  const digits = fraction === "" ? "" : `.${fraction.slice(0, MOST_DIGITS)}`;
  return `${date}T${minute}:${second === "60" ? "59" : second}${digits}${zone.toUpperCase()}`;
}

/** `Date.parse` takes 31 February for 3 March. */
function isDate(date: string): boolean {
  return new Date(Date.parse(`${date}T00:00:00Z`)).toISOString().startsWith(date);
}
