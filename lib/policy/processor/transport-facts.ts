import type { Class, Kind, Mode, Op } from "#plan";

/** A value that leaves beside the payload, or is generated: treated like a field, so that its class and ceilings count. */
export interface TransportFacts {
  /** What the value is made of: the ids of the entity, the times that order its states, or what is named. */
  readonly of: { readonly class: Class; readonly kind: Kind } | "entity" | "order";
  /** What the engine or the sink does to it. */
  readonly ops: readonly Op[];
  /** How it is made, in words. */
  readonly rule: string;
  /** The only mode in which it leaves; absent = in every mode. */
  readonly mode?: Mode;
}

/** Stands for HMAC-SHA-256 under the transport key of processor and generation: a keyed token, as a pseudonym is. */
const KEYED: readonly Op[] = [{ op: "pseudonymize" }];

export const EVENT_TIME = { class: "INTERNAL", kind: "TIMESTAMP" } as const;

export const EVENT_ID = { class: "IDENTIFIER", kind: "EVENT_ID" } as const;

export const DELIVERY_ID = {
  of: EVENT_ID,
  ops: KEYED,
  rule: "HMAC of the event's id under the processor's transport key",
} as const satisfies TransportFacts;

export const ENTITY_KEY = {
  of: "entity",
  ops: KEYED,
  rule: "HMAC of the entity's id under the processor's transport key",
} as const satisfies TransportFacts;
