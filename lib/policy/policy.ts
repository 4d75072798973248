import type { Class, Dependency, Kind, LeavingChannel, LeavingVariation, Op, Plan, Reveal, Role } from "#plan";
import type { SpaceFacts } from "./space.ts";

/** A compiled policy: what each processor may see of every field in one Space. Plain data, so that it can be stored. */
export interface Policy {
  /** SHA-256 of the Space and the plans' hashes, in hex: where decisions are written does not matter to it. */
  readonly hash: string;
  readonly space: SpaceFacts;
  /** Names of all processors, in the order of their declaration. */
  readonly processors: readonly string[];
  /** One row per field; sorted by schema, path and types. */
  readonly matrix: readonly MatrixRow[];
  /** One per processor, in the same order. */
  readonly plans: readonly Plan[];
}

/** The decisions of all processors for one path of one schema. */
export interface MatrixRow {
  /** Full name of the root message, or {@link TRANSPORT} for data that leaves beside the payload. */
  readonly schema: string;
  /** Such as `data.object.identities[].user_id`; `[]` stands for any element, `{}` for any key of a map. */
  readonly path: string;
  /** The event types it holds for; absent = every type of the schema that has no row of its own for this path. */
  readonly types?: readonly string[];
  readonly classification: Class;
  readonly kind: Kind;
  readonly about?: Role;
  /** The values are of a kind that names people, and name none. */
  readonly notAPerson?: true;
  /** The values are another name of the person around them. */
  readonly alias?: true;
  /** By which way it leaves. */
  readonly channel: LeavingChannel;
  /** By the name of the processor; total. */
  readonly cells: Readonly<Record<string, CellInfo>>;
}

/** One decision and where it comes from. */
export interface CellInfo {
  /** Applied in order; empty keeps the value. */
  readonly transforms: readonly Op[];
  readonly reveals: readonly Reveal[];
  /** What its source may reveal to the processor, where a ceiling says so. */
  readonly ceiling?: readonly Reveal[];
  /** What it is made from, where that is not the field of its row. */
  readonly dependsOn?: readonly Dependency[];
  /** What may differ where its source does; absent = its bytes. */
  readonly varies?: readonly LeavingVariation[];
  readonly origin: Origin;
  /** Where an output message takes the value more than once: each field with its own decision. */
  readonly outputs?: readonly OutputCell[];
}

export interface OutputCell {
  readonly field: string;
  readonly transforms: readonly Op[];
  readonly reveals: readonly Reveal[];
}

/** Why a cell is as it is. */
export interface Origin {
  readonly rule: OriginRule;
  /** The rule in words, such as `default for PII EMAIL`. */
  readonly how: string;
  /** Path of the file below the policies directory. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The rules that can decide a cell. */
export const ORIGIN_RULES = [
  "secret",
  "overlay",
  "output_field",
  "not_in_output",
  "field",
  "enclosing_field",
  "previous_object",
  "catch_all",
  "open_objects",
  "kind_default",
  "class_default",
  "not_subscribed",
  "transport",
] as const;
export type OriginRule = (typeof ORIGIN_RULES)[number];

/** Stands in the `schema` column for rows about object keys, document ids, queue groups, attributes. */
export const TRANSPORT = "transport";
