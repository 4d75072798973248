import { Logger } from "@aws-lambda-powertools/logger";
import type { PathShape, SkipReason } from "#engine";
import { SKIP_REASONS } from "#engine";
import { describeThrown, ERROR_CODES, type ErrorCode } from "#errors";
import type { JsonKind } from "#json";

/** Every message there is: none can be made of what an event holds. */
export type SafeMessage =
  | "batch enforced"
  | "events rejected"
  | "values left out"
  | "events held"
  | "a part failed"
  | "the invocation failed";

/** All that may stand beside a message: codes, counts, places and durations, never a value of an event. */
export interface SafeFields {
  readonly code?: ErrorCode;
  readonly place?: PathShape;
  readonly type?: JsonKind;
  readonly count?: number;
  readonly durationMs?: number;
  /** Age of the oldest event. */
  readonly oldestMs?: number;
  readonly skipped?: Readonly<Partial<Record<SkipReason, number>>>;
  readonly retried?: Readonly<Partial<Record<ErrorCode, number>>>;
  /** Anything that was thrown: its code or class and its stack frames are logged; its message only if it is ours. */
  readonly failure?: unknown;
}

/** A log that cannot be given event data. */
export type SafeLog = Readonly<Record<Level, (message: SafeMessage, fields: SafeFields) => void>>;
type Level = "info" | "warn" | "error";

/** The part of the Powertools logger that is used. */
export type WriteLog = Readonly<Record<Level, (message: string, fields: Readonly<Record<string, unknown>>) => void>>;

/** Makes the log of a processor. */
export function createSafeLog(processor: string, logger: WriteLog = new Logger({ serviceName: processor })): SafeLog {
  return {
    info: (message, fields) => logger.info(message, render(fields)),
    warn: (message, fields) => logger.warn(message, render(fields)),
    error: (message, fields) => logger.error(message, render(fields)),
  };
}

type Renderers = { readonly [Name in keyof SafeFields]-?: (value: NonNullable<SafeFields[Name]>) => unknown };

/** The safe-field list. What is not in it, or is not what it should be, is not written, whatever the types were told. */
const RENDERERS: Renderers = {
  code: (code) => (Object.hasOwn(ERROR_CODES, code) ? code : undefined),
  place: ({ at, undeclared }) => (undeclared === undefined ? at : `${at}.?`),
  type: (type) => (TYPES.has(type) ? type : undefined),
  count: finite,
  durationMs: finite,
  oldestMs: finite,
  skipped: (counts) => pick(counts, SKIP_REASONS),
  retried: (counts) => pick(counts, Object.keys(ERROR_CODES)),
  failure: describeThrown,
};

const TYPES: ReadonlySet<JsonKind> = new Set(["string", "number", "boolean", "array", "object", "null"]);

function render(fields: SafeFields): Readonly<Record<string, unknown>> {
  const entries = Object.entries(RENDERERS).map(([name, write]) => {
    const value = fields[name as keyof SafeFields];
    return [name, value === undefined ? undefined : (write as (value: unknown) => unknown)(value)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function pick(counts: Readonly<Partial<Record<string, number>>>, names: readonly string[]): unknown {
  const known = names.filter((name) => Object.hasOwn(counts, name) && Number.isFinite(counts[name]));
  return known.length === 0 ? undefined : Object.fromEntries(known.map((name) => [name, counts[name]]));
}
