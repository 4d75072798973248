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
  TOO_MANY: {
    audience: "data",
    summary:
      "One record holds more than 100,000 events, or so many that are malformed that quarantine would outgrow it.",
    remedy: "Find out what sends it; send the events in several records.",
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
  NO_BIRTH: {
    audience: "data",
    summary: "The event lacks the time at which its entity's life began, so it cannot be told from an earlier life's.",
    remedy: "Compare the schema's `birth` path with what is sent.",
  },
  VERSION_IN_FUTURE: {
    audience: "data",
    summary:
      "A time that orders states is more than five minutes ahead of the clock; it would outlive every later state.",
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
    remedy:
      "Put right what it names (space, permission, path) and run the same command again: nothing on disk is half done.",
  },
  UNEXPECTED: {
    audience: "operator",
    summary: "Event Shield met a state its authors did not foresee: a defect of it, not of your data or policy.",
    remedy: "Run again with SHIELD_DEBUG=1 and report the stack; read it first, since it may quote event data.",
  },
  NOT_REPRESENTABLE: {
    audience: "data",
    summary:
      "A value does not fit the column that the processor's format gives it: a number out of range, a time that is none.",
    remedy: "Compare the column's type with what is sent; declare the field as a string if any text is right.",
  },
  OUTPUT_IN_USE: {
    audience: "operator",
    summary: "Another run is writing to the output directory.",
    remedy: "Wait until it ends, or choose another directory with --out.",
  },
  OUTPUT_OTHER_POLICY: {
    audience: "operator",
    summary: "The output was begun with another transport, entity, order or format; one generation never mixes two.",
    remedy: "Begin a new generation of the processor, or choose another directory with --out.",
  },
  OUTPUT_OTHER_KEYS: {
    audience: "operator",
    summary: "The output was begun with other keys, so that every id would change and no repeated event be recognised.",
    remedy: "Bring back the keys or the secret that it was begun with, or begin a new generation of the processor.",
  },
  OUTPUT_UNKNOWN: {
    audience: "operator",
    summary: "The output directory holds files that no journal accounts for.",
    remedy: "Move the file away, choose an empty directory with --out, or put back its .shield folder.",
  },
  OUTPUT_DAMAGED: {
    audience: "operator",
    summary: "The output directory is not as the last run left it.",
    remedy: "Put the whole directory back from a backup, or run its input into another one with --out.",
  },
  TIME_OUT_OF_RANGE: {
    audience: "data",
    summary: "The event's time is not in the years 2000 to 2099, so that no partition or index fits it.",
    remedy: "Find out what sends it.",
  },
  ENFORCER_FAILED: {
    audience: "data",
    summary: "The engine could not decide the event: a defect of Event Shield. Nothing of the event was forwarded.",
    remedy: "Report it with the event's type; redrive the event from quarantine once repaired.",
  },
  LEDGER_UNKNOWN: {
    audience: "sink",
    summary: "The ledger did not answer, so that nobody knows whether the event is claimed.",
    remedy: "It is tried again by itself; look for throttling if it goes on.",
  },
  STORE_UNKNOWN: {
    audience: "sink",
    summary: "The object store did not answer, so that nobody knows whether the object is there.",
    remedy: "It is tried again by itself; look for throttling if it goes on.",
  },
  CLAIMED_ELSEWHERE: {
    audience: "sink",
    summary: "Another worker is delivering the event, or stopped while it was.",
    remedy: "It is tried again by itself once that worker's lease is over.",
  },
  OUT_OF_TIME: {
    audience: "sink",
    summary: "The batch's time was over before the event's turn.",
    remedy: "It is tried again by itself; make batches smaller or the timeout longer if it goes on.",
  },
  SINK_FAILED: {
    audience: "sink",
    summary: "The sink failed in a way it has no answer for.",
    remedy: "Look at the error that was logged with it; the events are tried again.",
  },
  POLICY_TYPE: {
    audience: "policy author",
    summary: "A field has a type, a name or a check that no field of a JSON event can have.",
    remedy:
      "Declare it as one of string, bool, a number, a message, a list, a `map<string, …>` or `google.protobuf.Struct`; recursive messages are refused.",
  },
  POLICY_MATCH: {
    audience: "policy author",
    summary: "A schema does not say which events it describes, or two schemas claim the same ones.",
    remedy: "Complete the `match` option; leave each type to one schema.",
  },
  POLICY_PATH: {
    audience: "policy author",
    summary: "A path names no field, or none that can serve: it must be a single value outside lists and maps.",
    remedy: "Write the names of the fields from the root of the event, joined by `.`.",
  },
  POLICY_UNCLASSIFIED: {
    audience: "policy author",
    summary: "A field has no class, so no rule can be applied to it.",
    remedy: "Classify it, list it in `default_classification`, or classify a message around it.",
  },
  POLICY_UNDECIDED: {
    audience: "policy author",
    summary: "Nothing says what a processor may see of a field.",
    remedy: "Write a cell at the field, or a default of the processor for its class and kind.",
  },
  POLICY_SECRET: {
    audience: "policy author",
    summary: "A decision lets a SECRET through; secrets are dropped everywhere.",
    remedy: "Remove the decision; if the field is no secret, classify it as what it is.",
  },
  POLICY_TRANSFORM: {
    audience: "policy author",
    summary: "A transform or its parameters are wrong, or do not fit the field they treat.",
    remedy: "Change it as the message says; TRANSFORMS.md lists what each transform takes.",
  },
  POLICY_OPEN_OBJECT: {
    audience: "policy author",
    summary: "A JSON value with undeclared content would be forwarded as it is.",
    remedy: "Drop, encrypt or replace it, or declare its fields; `open_objects: DROP` does it for a whole processor.",
  },
  POLICY_CEILING: {
    audience: "policy author",
    summary: "A processor would learn more of a class than the ceilings for its tier or jurisdiction allow.",
    remedy: "Reveal less, or change the ceiling if it is wrong.",
  },
  POLICY_CONFLICT: {
    audience: "policy author",
    summary: "Two decisions are written for the same thing.",
    remedy: "Keep one of them.",
  },
  POLICY_OVERLAY: {
    audience: "policy author",
    summary: "An overlay hits nothing, decides nothing, has expired, or reveals more without a reason.",
    remedy: "Correct it, or remove it.",
  },
  POLICY_PROCESSOR: {
    audience: "policy author",
    summary: "A processor is not described completely, or its parts contradict each other.",
    remedy: "Change its option in processors.proto as the message says.",
  },
  POLICY_SUBSCRIPTION: {
    audience: "policy author",
    summary: "A processor subscribes to events that no schema describes.",
    remedy: "Correct the type or pattern, or declare a schema for it.",
  },
  POLICY_MODE: {
    audience: "policy author",
    summary: "A processor's mode or sink cannot work with the schemas it subscribes to.",
    remedy: "Subscribe to schemas that declare what it needs, or choose another mode.",
  },
  POLICY_SINK: {
    audience: "policy author",
    summary: "A processor's sink cannot take what leaves: its names, how much there is of it, or without its time.",
    remedy: "Rename or drop the field, ask for less, or choose another sink.",
  },
  POLICY_OUTPUT: {
    audience: "policy author",
    summary: "An output message does not say where a field comes from, or its type does not fit.",
    remedy: "Give each field either `source` or `enrich`, and the type that its transforms leave.",
  },
  PLAN_UNREADABLE: {
    audience: "operator",
    summary: "A plan is of another version, was edited, or is no plan.",
    remedy: "Compile the policy again with the version of Event Shield that reads it.",
  },
  SINK_UNKNOWN: {
    audience: "sink",
    summary: "The sink did not answer, so that nobody knows whether it has the delivery.",
    remedy: "It is tried again by itself, under the same delivery id.",
  },
  SINK_THROTTLED: {
    audience: "sink",
    summary: "The sink asked to be left alone for a while.",
    remedy: "It is tried again by itself, later each time; give the sink more capacity if it goes on.",
  },
  SINK_REFUSED: {
    audience: "sink",
    summary: "The sink refuses the delivery and would refuse it again.",
    remedy: "Look at its path and the sink's schema; redrive it from quarantine once they agree.",
  },
  SINK_DENIED: {
    audience: "sink",
    summary: "The sink does not let us in, or what we write to does not exist.",
    remedy: "Check permissions, names and the network; the events wait meanwhile.",
  },
  NEWER_STATE_REFUSED: {
    audience: "sink",
    summary: "A newer state of the same entity in the same batch was refused, so that this one is not stale after all.",
    remedy: "It is tried again by itself, on its own.",
  },
  INPUT_UNREAD: {
    audience: "operator",
    summary: "Something in an input folder was left unread: it is hidden, no file, or holds no JSON.",
    remedy: "Name the file itself to read it all the same, or move it out of the folder.",
  },
  INPUT_DAMAGED: {
    audience: "operator",
    summary: "An input file ends too early or is damaged; every record before that was read.",
    remedy: "Get the file again and run the same command: what was delivered already is recognised.",
  },
  MANIFEST_INVALID: {
    audience: "operator",
    summary: "A deployment document is no YAML, breaks the rules of its kind, or names a document that is not there.",
    remedy: "Correct the place that is named; `policies/README.md` lists the kinds and their fields.",
  },
  OLDER_THAN_LEDGER: {
    audience: "data",
    summary: "The event is older than the ledger remembers, so that nobody can tell whether it was delivered before.",
    remedy: "Deliver it into a new generation; if it happens often, look at what holds events up.",
  },
  TOO_MANY_PEOPLE: {
    audience: "data",
    summary: "The event names more than 32 people, and nothing is sealed for so many.",
    remedy: "Find out what sends it, and whether each of the ids is a person's; send fewer people in one event.",
  },
  POLICY_PERSON: {
    audience: "policy author",
    summary: "A field names people and does not say in which role, or says otherwise than its feed or its schema does.",
    remedy: "Write `about: TARGET` or `about: ACTOR`, or `not_a_person: true` where the values name no people.",
  },
} as const satisfies Record<string, ErrorFacts>;

export type ErrorCode = keyof typeof ERROR_CODES;
