import { parseInstant } from "#plan";

/** Microseconds that a double holds exactly: 1684 to 2255. Formats whose library has no 64-bit integers need it. */
const MOST_MICROS = BigInt(Number.MAX_SAFE_INTEGER);

/** Reads an RFC 3339 time between 1684 and 2255 as microseconds since the epoch, as events are ordered; undefined otherwise. */
export function microsOf(text: string): bigint | undefined {
  const instant = parseInstant(text);
  if (instant === undefined) return undefined;
  const micros = BigInt(instant.ms) * 1_000n + BigInt(instant.us);
  return micros <= MOST_MICROS && micros >= -MOST_MICROS ? micros : undefined;
}
