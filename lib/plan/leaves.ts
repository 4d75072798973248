import type { Class, Reveal } from "./classes.ts";
import type { Kind } from "./kinds.ts";

/** The ways by which something leaves with a delivery. */
export const LEAVING_CHANNELS = [
  "payload",
  "map_key",
  "envelope",
  "column",
  "statistics",
  "attribute",
  "group_id",
  "dedup_id",
  "document_id",
  "order",
  "sequence",
  "index",
  "object_key",
  "object_metadata",
  "request",
  "seal",
] as const;
export type LeavingChannel = (typeof LEAVING_CHANNELS)[number];

/** What an event says of itself, wherever its feed writes it. */
export type LeavingPart = "id" | "type" | "time" | "tenant" | "source" | "subjects";

/** What is no part of an event: the deployment's names, the plan, what is drawn or read, what else is in the batch. */
export type LeavingFact = "deployment" | "plan" | "keys" | "random" | "clock" | "ledger" | "batch";

/** Something that what leaves is made from: a field, as the rows of the matrix are written; a part of the event; a fact. */
export type Dependency =
  | { readonly schema: string; readonly path: string }
  | { readonly event: LeavingPart }
  | { readonly fact: LeavingFact };

/** What may differ where a dependency does: the bytes, how many there are, how many rows there are, their order. */
export type LeavingVariation = "bytes" | "length" | "count" | "order";

/**
 * One thing that leaves with the deliveries of a plan. Whatever leaves is on the list, and what is not on it does not
 * leave.
 */
export interface LeavingRow {
  /** Unique in its plan: the path of a field behind its schema, else a name such as `attribute.type`. */
  readonly name: string;
  readonly channel: LeavingChannel;
  /** The most sensitive of what it is made of. */
  readonly class: Class;
  readonly kind: Kind;
  readonly reveals: readonly Reveal[];
  /** What its source may reveal to this processor, where a ceiling says so. */
  readonly ceiling?: readonly Reveal[];
  /** All it is made from. Two events that differ in nothing of this give the same. */
  readonly dependsOn: readonly Dependency[];
  readonly varies: readonly LeavingVariation[];
  /** How it is made, in words. */
  readonly rule: string;
}
