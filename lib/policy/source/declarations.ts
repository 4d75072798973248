import type { JsonKind } from "#json";
import type { Class, Enrichment, FeedName, Kind, Op, Reveal, Role } from "#plan";
import type { ProcessorOption } from "./options.ts";

/** Where something is written; lines and columns from 1. */
export interface SourcePlace {
  /** Path of the file below the policies directory. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Everything the policy files declare, as plain data: what is written, not yet what it means.
 *
 * The one thing the compiler reads. Nothing in it is checked beyond what protobuf checks.
 */
export interface PolicySource {
  /** By full name. */
  readonly messages: ReadonlyMap<string, MessageDecl>;
  readonly processors: readonly ProcessorDecl[];
  readonly ceilings: readonly CeilingDecl[];
  readonly overlays: readonly OverlayDecl[];
}

export interface MessageDecl {
  readonly place: SourcePlace;
  /** Full name. */
  readonly name: string;
  readonly fields: readonly FieldDecl[];
  /** The lowest number that is above all numbers taken or reserved. */
  readonly nextNumber: number;
  /** Paths of the files that its file imports. */
  readonly imports: readonly string[];
  readonly covers?: CoversDecl;
  /** Makes it a root schema. */
  readonly match?: MatchDecl;
  readonly subjects: readonly SubjectDecl[];
  readonly entity?: EntityDecl;
  readonly version?: VersionDecl;
}

export interface FieldDecl {
  readonly place: SourcePlace;
  /** The proto field's name. */
  readonly name: string;
  /** The key in events: the `json_name` where one is written, else the name. */
  readonly wireName: string;
  /** A `json_name` is written; where none is, protobuf gives the field the name in camel case, for itself alone. */
  readonly hasJsonName: boolean;
  /** Full name of the message that declares it. */
  readonly message: string;
  readonly repeat: "one" | "list" | "map";
  /** Of the field, an element of the list, or a value of the map. */
  readonly type: TypeDecl;
  readonly classification?: ClassificationDecl;
  readonly cells: readonly CellDecl[];
  readonly alsoAccept: readonly JsonKind[];
  readonly oneOf: readonly string[];
  readonly mapKeys?: string;
  /** What the keys of a map are, and what becomes of them; where nothing is written, what holds for the map. */
  readonly keyClassification?: ClassificationDecl;
  readonly keyCells: readonly CellDecl[];
  readonly requiredBy: readonly string[];
  readonly enrich?: Enrichment;
  readonly source?: string;
  readonly searchAsYouType: boolean;
}

export type TypeDecl =
  | { readonly type: "scalar"; readonly kind: "string" | "boolean" }
  | { readonly type: "scalar"; readonly kind: "number"; readonly integer: boolean }
  | { readonly type: "message"; readonly name: string }
  /** A JSON value whose inside is not declared. */
  | { readonly type: "open"; readonly kinds: readonly JsonKind[] }
  /** A type that no event field can have. */
  | { readonly type: "unsupported"; readonly found: string; readonly help: string };

export interface ClassificationDecl {
  readonly place: SourcePlace;
  readonly class?: Class;
  readonly kind: Kind;
  readonly about?: Role;
  /** Values of a kind that names people name none. */
  readonly notAPerson?: true;
  /** Values name a person by something that the person around them is known by too. */
  readonly alias?: true;
}

/** A message's `default_classification`: what the fields it lists are. */
export interface CoversDecl extends ClassificationDecl {
  readonly covers: readonly string[];
}

/** One decision that is written down, for the processors it names. */
export interface CellDecl {
  readonly place: SourcePlace;
  readonly processors: readonly string[];
  readonly ops: readonly Op[];
}

export interface MatchDecl {
  readonly place: SourcePlace;
  readonly feed?: FeedName;
  readonly types: readonly string[];
  readonly base: boolean;
  readonly source?: string;
  readonly detailType?: string;
}

export interface SubjectDecl {
  readonly place: SourcePlace;
  readonly role?: Role;
  readonly path: string;
}

export interface EntityDecl {
  readonly place: SourcePlace;
  readonly paths: readonly string[];
  readonly birth?: string;
  readonly neverReturns: boolean;
  readonly createdBy: readonly string[];
  readonly deletedBy: readonly string[];
  readonly partial: boolean;
}

export interface VersionDecl {
  readonly place: SourcePlace;
  readonly paths: readonly string[];
}

/** A processor with its option as written; `option` is undefined where the enum value has none. */
export interface ProcessorDecl {
  readonly place: SourcePlace;
  readonly name: string;
  readonly option?: ProcessorOption;
  /** Where each part of the option is written. */
  readonly parts: ReadonlyMap<keyof ProcessorOption, SourcePlace>;
  readonly subscribe: readonly SubscriptionDecl[];
  readonly defaults: readonly DefaultDecl[];
}

export interface SubscriptionDecl {
  readonly place: SourcePlace;
  readonly feed?: FeedName;
  readonly types: readonly string[];
  readonly schema?: string;
}

export interface DefaultDecl {
  readonly place: SourcePlace;
  readonly class?: Class;
  /** Absent = every kind of the class. */
  readonly kind?: Kind;
  readonly ops: readonly Op[];
}

export interface CeilingDecl {
  readonly place: SourcePlace;
  /** Absent = at every tier. */
  readonly tier?: "SPACE" | "POP" | "CENTRAL";
  readonly leavesJurisdiction: boolean;
  readonly class?: Class;
  /** Absent = every kind of the class that has no ceiling of its own for the same tier and jurisdiction. */
  readonly kind?: Kind;
  readonly reveals: readonly Reveal[];
}

export interface OverlayDecl {
  readonly place: SourcePlace;
  readonly schema: string;
  readonly path: string;
  /** Empty = every type of the schema. */
  readonly types: readonly string[];
  readonly classification?: ClassificationDecl;
  readonly cells: readonly CellDecl[];
  readonly reason: string;
  /** RFC 3339 date. */
  readonly until?: string;
}
