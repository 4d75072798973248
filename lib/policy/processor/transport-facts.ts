import type { Class, Kind, Op } from "#plan";

/** A value that leaves beside the payload, or is generated: treated like a field, so that its class and ceilings count. */
export interface TransportFacts {
  /** What the value is made of. */
  readonly of: { readonly class: Class; readonly kind: Kind } | "entity";
  /** What the engine or the sink does to it. */
  readonly ops: readonly Op[];
  /** How it is made, in words. */
  readonly rule: string;
}

/** Stands for HMAC-SHA-256 under the transport key of processor and generation: a keyed token, as a pseudonym is. */
const KEYED: readonly Op[] = [{ op: "pseudonymize" }];

export const EVENT_TIME = { class: "INTERNAL", kind: "TIMESTAMP" } as const;

export const EVENT_ID = { class: "IDENTIFIER", kind: "EVENT_ID" } as const;

export const DELIVERY_ID: TransportFacts = {
  of: EVENT_ID,
  ops: KEYED,
  rule: "HMAC of the event's id under the processor's transport key",
};

export const ENTITY_KEY: TransportFacts = {
  of: "entity",
  ops: KEYED,
  rule: "HMAC of the entity's id under the processor's transport key",
};
