import type { JsonKind } from "#json";
import type { Class } from "./classes.ts";
import type { ColumnType } from "./columns.ts";
import type { Kind } from "./kinds.ts";
import type { LeavingRow } from "./leaves.ts";
import type { Role } from "./roles.ts";

/** Version of the plan format. A plan of another version is refused, never guessed at. */
export const PLAN_VERSION = 1;

/** Where events come from. */
export const FEEDS = ["AUTH0_EVENTS", "AUTH0_LOGS", "KRATOS", "CUSTOM"] as const;
export type FeedName = (typeof FEEDS)[number];

/** Index into {@link Plan.shapes}. */
export type ShapeId = number;

/** Names of nested members from the root of an event; never through arrays or maps. */
export type Path = readonly string[];

/**
 * The compiled policy of one processor for one Space, as plain data.
 *
 * Made by `lib/policy` at build time and linked by an engine at run time. Its canonical bytes are RFC 8785 JSON; `hash`
 * is the SHA-256 of the canonical bytes of everything else, in hex.
 */
export interface Plan {
  readonly v: typeof PLAN_VERSION;
  readonly processor: string;
  readonly generation: string;
  readonly hash: string;
  /** `fields`: only what a cell lets through. `whole`: everything but dropped cells, unknown types included (archive). */
  readonly source: "fields" | "whole";
  readonly routes: readonly Route[];
  /** Shapes of objects, shared by index. A shape may occur at several paths. */
  readonly shapes: readonly Shape[];
  /** The restructured document; absent = the event's own structure. */
  readonly output?: OutputTable;
  readonly delivery: DeliverySpec;
}

/** Which events a schema describes and what of them this processor takes. */
export interface Route {
  readonly feed: FeedName;
  readonly match: Match;
  /** Full name of the root message. */
  readonly schema: string;
  /** False: the schema is known, but this processor does not take these events (`not_subscribed`). */
  readonly subscribed: boolean;
  /** Shape of the root; absent when not subscribed. */
  readonly root?: ShapeId;
  /** Paths of the ids that together name the entity whose state the event carries: one, or each of a pair's. */
  readonly entity?: readonly Path[];
  /** Path of the time at which the entity's life began. */
  readonly birth?: Path;
  /** The entity's id never returns: a deletion is final, and all states belong to one life. */
  readonly neverReturns?: true;
  /** Paths of the entity's own time; the first present one counts. */
  readonly version?: readonly Path[];
  /** What becomes of what the event says of itself; what has no cell does not leave. */
  readonly envelope?: Readonly<Partial<Record<EnvelopeField, Cell>>>;
  /** Types that create or delete the entity; every other type updates it. */
  readonly createdBy: readonly string[];
  readonly deletedBy: readonly string[];
}

/** `types` are exact event types; a base route takes every type of its feed that no other route names. */
export interface Match {
  readonly types: readonly string[];
  readonly base: boolean;
  /** CUSTOM feed only: the EventBridge `source` and `detail-type`. */
  readonly source?: string;
  readonly detailType?: string;
}

/** An object whose fields are declared. Fields are sorted by name (UTF-16 code units). */
export interface Shape {
  readonly fields: readonly ShapeField[];
}

export interface ShapeField {
  /** The wire key. */
  readonly name: string;
  readonly node: ShapeNode;
  /** The event is rejected for this processor when the field is missing, null or mistyped. */
  readonly required?: true;
}

/** What may stand at a place. */
export type ShapeNode =
  | { readonly node: "leaf"; readonly cell: Cell }
  | { readonly node: "message"; readonly shape: ShapeId }
  | { readonly node: "list"; readonly item: ShapeNode }
  /** Keys are data and have a cell of their own; those that the pattern does not fit are dropped. */
  | { readonly node: "map"; readonly keys?: string; readonly key: Cell; readonly value: ShapeNode }
  /** A JSON value whose inside is not declared (`google.protobuf.Struct`, `Value`, `ListValue`). */
  | { readonly node: "open"; readonly cell: Cell };

/** The decision for one path and one processor. */
export interface Cell {
  /** JSON types the field may have; any other is dropped and counted, unless its kind or `integer` makes one of them of it. */
  readonly kinds: readonly JsonKind[];
  /** Its numbers are 64-bit integers; decimal digits in a string are one too. */
  readonly integer?: true;
  readonly class: Class;
  readonly kind: Kind;
  /** Applied in order; empty keeps the value. */
  readonly ops: readonly Op[];
  /** What becomes of the value when the event's subject is fenced. */
  readonly onFence: "drop" | "keep";
  /** Allowed values of a string field; any other is dropped and counted. */
  readonly oneOf?: readonly string[];
  /** The role of the person whom the value is about; absent = the target. */
  readonly about?: Role;
  /** The value names a person in that role. */
  readonly names?: Naming;
}

/**
 * How a value names a person. `PERSON`: by an id, and what stands beside it is about that person. `ALIAS`: by something
 * else that the person around it is known by; a fence on it counts, whoever else is named.
 */
export type Naming = "PERSON" | "ALIAS";

/** One transform with its parameters: plain JSON, checked against the transform's parameter table at compile time. */
export interface Op {
  readonly op: string;
  readonly [parameter: string]: OpValue;
}
export type OpValue = string | number | boolean | readonly OpValue[] | { readonly [name: string]: OpValue };

/** A flat document made of picked and generated values, in schema order. */
export interface OutputTable {
  readonly schema: string;
  readonly fields: readonly OutputField[];
}

export interface OutputField {
  readonly name: string;
  /** The event's value at this path, after the checks of its place; absent for a generated value. */
  readonly source?: Path;
  readonly enrich?: Enrichment;
  readonly cell: Cell;
  /** Type of the column this field becomes, after its transforms; absent = STRING. */
  readonly column?: ColumnType;
  /** Search indexes offer prefix search on it. */
  readonly searchAsYouType?: true;
}

/** Values that delivery generates; none is taken from the event. */
export const ENRICHMENTS = [
  "DELIVERY_TIME",
  "DELIVERY_ID",
  "ENTITY_KEY",
  "SPACE",
  "POP",
  "REGION",
  "CLOUD",
  "DEPLOYMENT_VERSION",
  "POLICY_HASH",
  "SAMPLE_RATE",
] as const;
export type Enrichment = (typeof ENRICHMENTS)[number];

export type Tier = "SPACE" | "POP" | "CENTRAL";
export type SinkName = "LAKE" | "LOG_INDEX" | "ENTITY_INDEX" | "FIFO_QUEUE" | "STANDARD_QUEUE";
export type Mode = "EVERY_EVENT" | "NEWEST_STATE";
export type FormatName = "JSON" | "PARQUET" | "AVRO" | "SEALED";

/** How the decisions of a plan reach the consumer. */
export interface DeliverySpec {
  readonly sink: SinkName;
  readonly mode: Mode;
  readonly format: FormatName;
  readonly tier: Tier;
  /** The AWS region of the sink in this Space. */
  readonly region: string;
  /** Events older than this are skipped (`past_retention`); absent = kept without limit. */
  readonly retentionDays?: number;
  readonly sampling?: Sampling;
  /** Generated values that the policy asks for beside those that travel anyway. */
  readonly metadata: readonly Enrichment[];
  /** What travels with every record of what the plan is and the event says of itself, in this order. */
  readonly envelope: readonly EnvelopePart[];
  /** Deliver test events (`a0purpose: test`) too. */
  readonly testEvents: boolean;
  /** What leaves beside the fields: `leavesOf` adds those. The engine and the sinks make exactly these. */
  readonly transport: readonly LeavingRow[];
}

/**
 * A value that travels with every record: under its name in `_shield` of documents and bodies, behind a `_` as a column of
 * files. Those of the event leave as far as {@link Route.envelope} lets them.
 */
export interface EnvelopePart {
  readonly name: string;
  readonly of: { readonly event: EnvelopeField } | { readonly enrich: Enrichment };
  /** Type of its column. */
  readonly column: ColumnType;
  /** Messages carry it beside the body too, so that consumers can filter by it. */
  readonly isAttribute?: true;
}

/** What an event says of itself and may travel with its records; `source` is that of an event of one's own. */
export const ENVELOPE_FIELDS = ["type", "schema", "time", "source"] as const;
export type EnvelopeField = (typeof ENVELOPE_FIELDS)[number];

/** Keyed sampling: the same events on every replay. */
export interface Sampling {
  /** Share of events kept, above 0 and at most 1. */
  readonly rate: number;
  readonly by: "EVENT" | "SUBJECT";
}
