import { parseRfc3339 } from "#plan";

/** `900` or `800`, then `yyyymmddHHMMSSmmm` in UTC, then counters (recorded log ids, 2025). */
const LOG_ID = /^[89]00(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})\d+$/;

/** Reads the time that Auth0 writes into a log id, as ms since the epoch; undefined when there is none. */
export function parseLogIdTime(logId: string): number | undefined {
  const [, year, month, day, hour, minute, second, ms] = LOG_ID.exec(logId) ?? [];
  return parseRfc3339(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
}
