import { parseRfc3339 } from "#plan";

/** Microseconds that a double holds exactly: 1684 to 2255. Formats whose library has no 64-bit integers need it. */
const MOST_MICROS = BigInt(Number.MAX_SAFE_INTEGER);

/** Reads an RFC 3339 time between 1684 and 2255 as microseconds since the epoch; undefined otherwise. Finer digits are cut. */
export function microsOf(text: string): bigint | undefined {
  const ms = parseRfc3339(text);
  if (ms === undefined) return undefined;
  const [, fraction = ""] = /\.(\d+)/.exec(text) ?? [];
  const micros = BigInt(ms) * 1_000n + BigInt(fraction.slice(3, 6).padEnd(3, "0"));
  return micros <= MOST_MICROS && micros >= -MOST_MICROS ? micros : undefined;
}
