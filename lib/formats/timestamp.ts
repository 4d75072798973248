const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})$/;

/** Microseconds that a double holds exactly: 1684 to 2255. Formats whose library has no 64-bit integers need it. */
const MOST_MICROS = BigInt(Number.MAX_SAFE_INTEGER);

/** Reads an RFC 3339 time between 1684 and 2255 as microseconds since the epoch; undefined otherwise. Finer digits are cut. */
export function microsOf(text: string): bigint | undefined {
  const [, date, time, fraction = "", zone] = RFC3339.exec(text) ?? [];
  const ms = Date.parse(`${date}T${time}${zone?.toUpperCase()}`);
  if (Number.isNaN(ms)) return undefined;
  const micros = BigInt(ms) * 1_000n + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
  return micros <= MOST_MICROS && micros >= -MOST_MICROS ? micros : undefined;
}
