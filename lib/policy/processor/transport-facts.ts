import type { Class, Kind, LeavingChannel, LeavingFact, LeavingPart, LeavingVariation, Mode, Op } from "#plan";

/** A value that leaves beside the payload, or is generated: treated like a field, so that its class and ceilings count. */
export interface TransportFacts {
  /** What it is made of: the ids of the entity, the times that order its states, a part of the event, or what is named. */
  readonly of: { readonly class: Class; readonly kind: Kind } | "entity" | "order" | Exclude<LeavingPart, "subjects">;
  /** What the engine or the sink does to it. */
  readonly ops: readonly Op[];
  /** How it is made, in words. */
  readonly rule: string;
  /** What else it is made of. */
  readonly facts?: readonly LeavingFact[];
  /** What may differ where its source does; absent = its bytes. */
  readonly varies?: readonly LeavingVariation[];
  /** The only mode in which it leaves; absent = in every mode. */
  readonly mode?: Mode;
}

/** What leaves with a sink's requests, and how. */
export interface SinkTransport extends TransportFacts {
  readonly channel: LeavingChannel;
}

/** Stands for HMAC-SHA-256 under the transport key of processor and generation: a keyed token, as a pseudonym is. */
const KEYED: readonly Op[] = [{ op: "pseudonymize" }];

/** What is a fact of the deployment, the plan or chance: about nobody. */
export const OURS = { class: "INTERNAL", kind: "CODE" } as const;

export const EVENT_TIME = { class: "INTERNAL", kind: "TIMESTAMP" } as const;

export const DELIVERY_ID = {
  of: "id",
  ops: KEYED,
  rule: "HMAC of the event's id under the processor's transport key",
  facts: ["keys", "plan"],
} as const satisfies TransportFacts;

export const ENTITY_KEY = {
  of: "entity",
  ops: KEYED,
  rule: "HMAC of the entity's id under the processor's transport key",
  facts: ["keys", "plan"],
} as const satisfies TransportFacts;
