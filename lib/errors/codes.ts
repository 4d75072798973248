/** Who has to act on an error. */
export type Audience = "policy author" | "operator" | "data" | "sink";

export interface ErrorFacts {
  readonly audience: Audience;
  /** What it means, one sentence. */
  readonly summary: string;
  /** What to do about it. */
  readonly remedy: string;
}

/**
 * Every error code there is. Append only: a code that was released is never reused or renamed.
 *
 * `ERRORS.md` is generated from this table.
 */
export const ERROR_CODES = {
  POLICY_SYNTAX: {
    audience: "policy author",
    summary: "A policy file is not valid protobuf, or uses an option that does not exist.",
    remedy: "Fix the place that is named; other checks run once every file can be read.",
  },
  CONFIG_INVALID: {
    audience: "operator",
    summary: "A setting, file or argument cannot be used.",
    remedy: "Change it as the message says.",
  },
  INVALID_UTF8: {
    audience: "data",
    summary: "The record is not valid UTF-8.",
    remedy: "Find out what sends it; redrive it from quarantine once repaired.",
  },
  INVALID_JSON: {
    audience: "data",
    summary: "The record is not valid JSON.",
    remedy: "Find out what sends it; a truncated last line is the usual cause.",
  },
  TOO_LARGE: {
    audience: "data",
    summary: "The event is larger than 1 MiB.",
    remedy: "Find out what sends it; no AWS channel can carry it.",
  },
  TOO_DEEP: {
    audience: "data",
    summary: "The event is nested deeper than 64 levels.",
    remedy: "Find out what sends it.",
  },
  DUPLICATE_KEY: {
    audience: "data",
    summary: "An object names the same member twice, so that readers would disagree on its value.",
    remedy: "Find out what sends it.",
  },
  NOT_AN_EVENT: {
    audience: "data",
    summary: "The record is JSON, but no event of a feed this channel carries.",
    remedy: "Check what is sent to the channel, and the feeds, tenants and streams it declares.",
  },
  NO_SOURCE_ID: {
    audience: "data",
    summary: "The event has no id, so that its repetitions could not be recognised.",
    remedy: "Find out what sends it.",
  },
  NO_TYPE: {
    audience: "data",
    summary: "The event has no type, so that no schema can be chosen.",
    remedy: "Find out what sends it.",
  },
  NO_TIME: {
    audience: "data",
    summary: "The event has no time that can be read.",
    remedy: "Find out what sends it.",
  },
  REQUIRED_FIELD: {
    audience: "data",
    summary: "A field that the processor requires is missing or has another JSON type.",
    remedy: "Compare the event's schema with what is sent; drop `required_by` if the processor can do without.",
  },
  NO_ENTITY: {
    audience: "data",
    summary: "The event lacks the id of the entity whose state it carries.",
    remedy: "Compare the schema's `entity` path with what is sent.",
  },
  NO_VERSION: {
    audience: "data",
    summary: "The event has no time by which its entity's states could be ordered.",
    remedy: "Compare the schema's `version` paths with what is sent.",
  },
  VERSION_IN_FUTURE: {
    audience: "data",
    summary: "The version is more than five minutes ahead of the clock; it would outlive every later state.",
    remedy: "Check the clocks; redrive it from quarantine later.",
  },
  TRANSFORM_FAILED: {
    audience: "data",
    summary: "A transform could not treat a value, so nothing of the event was forwarded.",
    remedy: "Look at the path that is named and the transform its cell applies.",
  },
  FILE_SYSTEM: {
    audience: "operator",
    summary: "The operating system refused to read or write a file.",
    remedy: "Put right what it names (space, permission, path) and run the same command again: nothing on disk is half done.",
  },
  UNEXPECTED: {
    audience: "operator",
    summary: "Event Shield met a state its authors did not foresee: a defect of it, not of your data or policy.",
    remedy: "Run again with SHIELD_DEBUG=1 and report the stack; read it first, since it may quote event data.",
  },
  NOT_REPRESENTABLE: {
    audience: "data",
    summary: "A value does not fit the column that the processor's format gives it: a number out of range, a time that is none.",
    remedy: "Compare the column's type with what is sent; declare the field as a string if any text is right.",
  },
} as const satisfies Record<string, ErrorFacts>;

export type ErrorCode = keyof typeof ERROR_CODES;
