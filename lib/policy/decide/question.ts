import type { Class, Kind, Op, Role } from "#plan";
import type { OriginRule } from "../policy.ts";
import type { Processor } from "../processor/processor.ts";
import type { Leaf } from "../schema/tree.ts";
import type { FieldDecl, OverlayDecl, PolicySource, SourcePlace } from "../source/declarations.ts";

/** What decisions about the events of one variant of a schema depend on, beside the schema itself. */
export interface VariantContext {
  readonly messages: PolicySource["messages"];
  /** The overlays that hold, by their target. */
  readonly overlays: ReadonlyMap<string, readonly OverlayDecl[]>;
  /** Names of the processors that take some of the events. */
  readonly subscribed: ReadonlySet<string>;
}

/** What a leaf is, and where that is written. */
export interface Classification {
  readonly class: Class;
  readonly kind: Kind;
  readonly about?: Role;
  readonly notAPerson?: true;
  readonly alias?: true;
  readonly place: SourcePlace;
}

/** One cell of the matrix, before it is decided. */
export interface Question {
  readonly leaf: Leaf;
  readonly classification: Classification;
  readonly processor: Processor;
  readonly around: VariantContext;
}

/** What is done with the value of one cell, and which rule says so. */
export interface CellDecision {
  readonly ops: readonly Op[];
  readonly rule: OriginRule;
  /** The rule in words. */
  readonly how: string;
  readonly place: SourcePlace;
  /** The output fields that take the value, each with its own decision. */
  readonly outputs?: readonly OutputDecision[];
}

export interface OutputDecision {
  readonly field: FieldDecl;
  readonly decision: CellDecision;
}
