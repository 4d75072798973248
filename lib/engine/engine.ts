import type { Envelope, Subject } from "#feeds";
import type { JsonKind } from "#json";
import type { KeyRing, LabelledRandom } from "#keys";
import type { Class, Enrichment, Patterns, Plan } from "#plan";

/** Links plans for enforcement: always a set of plans over one parse. */
export interface Engine {
  /** `patterns` is needed where a plan has any: `loadPatterns(plans)`. */
  link(plans: readonly Plan[], patterns?: Patterns): Enforcer;
}

export interface Enforcer {
  /** Everybody whom the event names, for its feed or for any plan, by an id or an alias: whom `enforce` will ask the keys about. */
  subjectsOf(event: Envelope): readonly Subject[];
  /** Decides one event for every plan; result i belongs to plan i. Pure: everything variable is in `context`. */
  enforce(event: Envelope, context: Context): readonly Decision[];
}

export interface Context {
  readonly nowMs: number;
  readonly keys: KeyRing;
  /** Salts come from here, each asked for by what it is for, so that engines compare byte for byte. */
  readonly random: LabelledRandom;
  /** The generated values that do not depend on the event. */
  readonly facts: EnrichFacts;
  /** Learns what a transform threw, which may quote the value; the event is rejected whoever listens. */
  onDefect?(defect: unknown): void;
}

/** Generated values as text. An absent one is left out. */
export type EnrichFacts = Readonly<Partial<Record<Enrichment, string>>>;

/** What travels with a record, as text, by the names of the plan's envelope. */
export type EnvelopeValues = Readonly<Record<string, string>>;

/** What becomes of an event for one processor. */
export type Decision = Deliver | Skip | Reject;

export interface Deliver {
  readonly kind: "deliver";
  /** Keyed id of this delivery: 43 characters of base64url. The same for the same event, processor and generation. */
  readonly deliveryId: string;
  readonly payload: Uint8Array;
  /** Keyed id of the entity whose state this is. */
  readonly entityKey?: string;
  /** Place among the states of the entity: the greatest string is the newest state. Of newest-state plans only. */
  readonly order?: string;
  /** The entity is gone: entity sinks write a tombstone. */
  readonly deleted: boolean;
  readonly drops: readonly Drop[];
  /** Personal fields are left out because a subject is fenced. */
  readonly suppressed: boolean;
  /** What travels with the record, for sinks that carry it beside the payload. */
  readonly envelope?: EnvelopeValues;
  /** What the plan keeps although no schema declares it; there for `whole` plans, and for no other. */
  readonly drift?: Drift;
}

export interface Skip {
  readonly kind: "skip";
  readonly reason: SkipReason;
}

export interface Reject {
  readonly kind: "reject";
  readonly code: RejectCode;
  readonly path?: PathShape;
}

/** Values that were left out although no cell says so. */
export interface Drop {
  readonly path: PathShape;
  /** JSON type of what was found. */
  readonly type: JsonKind;
  readonly reason: DropReason;
  /** How many values of this path, type and reason the event held; 1 or more. */
  readonly count: number;
  /** Class of the declared field, absent when undeclared. */
  readonly class?: Class;
}

/** What no schema says of an event: nothing of its type, or nothing of some values in it; those are counted like drops. */
export type Drift = "unknown_type" | readonly Drop[];

/**
 * Where a value stands, without data: declared names joined by `.`, `[]` for any array element, `{}` for any map key.
 *
 * An undeclared name can be data; it stands in `undeclared`, apart from the declared prefix in `at`, and whoever prints
 * it decides whether it may be shown.
 */
export interface PathShape {
  readonly at: string;
  readonly undeclared?: string;
}

export const SKIP_REASONS = [
  "not_subscribed",
  "no_schema",
  "test",
  "sampled",
  "duplicate",
  "stale",
  "past_retention",
  "fenced",
  "action",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export type DropReason = "undeclared" | "wrong_type" | "not_one_of" | "invalid" | "map_key" | "same_key";

export type RejectCode =
  | "INVALID_UTF8"
  | "INVALID_JSON"
  | "TOO_LARGE"
  | "TOO_DEEP"
  | "DUPLICATE_KEY"
  | "REQUIRED_FIELD"
  | "TOO_MANY_PEOPLE"
  | "NO_ENTITY"
  | "NO_VERSION"
  | "NO_BIRTH"
  | "VERSION_IN_FUTURE"
  | "TRANSFORM_FAILED";
