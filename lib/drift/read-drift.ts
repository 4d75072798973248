import type { DriftReport } from "#delivery";
import { ConfigError } from "#errors";
import { isObject } from "#json";
import { FEEDS } from "#plan";

/**
 * Reads the drift out of the text of a `report.json`. `file` is what the user calls it.
 *
 * @throws {ConfigError} when it is no report, or one of runs that had no new event
 */
export function readDrift(text: string, file: string): DriftReport {
  const report = parse(text);
  if (!isReportObject(report))
    throw new ConfigError(`expected a report, got something else in ${file}: name the report.json of a shield run`);
  const { drift } = report;
  if (drift === undefined)
    throw new ConfigError(
      `expected drift in ${file}, got a report of runs in which no event was new to a processor: run on events that it has not had before`,
    );
  if (isDriftReport(drift)) return drift;
  throw new ConfigError(`expected drift in ${file}, got something else under that name: run shield run again`);
}

/** Tells whether the text is that of a report, whatever is in it. */
export function isReport(text: string): boolean {
  return isReportObject(parse(text));
}

function isReportObject(report: unknown): report is Readonly<Record<string, unknown>> {
  return isObject(report) && isObject(report["processors"]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Check = (value: unknown) => boolean;

/** A report holds nothing that a terminal would obey. */
const isText: Check = (value) => typeof value === "string" && !/[\p{C}\p{Zl}\p{Zp}]/u.test(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isDay: Check = (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
const isOneOf =
  (words: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && words.includes(value);

const TYPE_LINE: Readonly<Record<string, Check>> = {
  feed: isOneOf(FEEDS),
  event: isText,
  count: isCount,
  firstSeen: isDay,
  lastSeen: isDay,
};

const FIELD_LINE: Readonly<Record<string, Check>> = {
  ...TYPE_LINE,
  path: isText,
  reason: isOneOf(["undeclared", "wrong_type"]),
  type: isOneOf(["string", "number", "boolean", "null", "array", "object"]),
};

function isDriftReport(value: unknown): value is DriftReport {
  if (!isObject(value) || !isCount(value["events"]) || !isCount(value["others"] ?? 0)) return false;
  return isListOf(TYPE_LINE, value["types"]) && isListOf(FIELD_LINE, value["fields"]);
}

function isListOf(checks: Readonly<Record<string, Check>>, value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  return value.every((line) => isObject(line) && Object.entries(checks).every(([name, check]) => check(line[name])));
}
