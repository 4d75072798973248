import { type Deliver, type EnrichFacts, referenceEngine } from "#engine";
import { type Channel, type Envelope, readRecord } from "#feeds";
import type { KeyRing } from "#keys";
import type { Plan } from "#plan";
import { re2 } from "#plan/re2";

/** What a processor's sink must hold in the end, found without any delivery: each event decided once, in their order. */
export interface Expected {
  /** By delivery id. */
  readonly deliveries: ReadonlyMap<string, Deliver>;
  /** Types of the delivered events, by delivery id. */
  readonly types: ReadonlyMap<string, string>;
  /** The newest state of each entity, by its key. */
  readonly newest: ReadonlyMap<string, Deliver>;
}

export interface OracleParts {
  readonly keys: KeyRing;
  readonly channel: Channel;
  readonly facts: EnrichFacts;
}

/** Decides events for one plan and folds the states of entities by their order. */
export function expect(plan: Plan, events: readonly string[], { keys, channel, facts }: OracleParts): Expected {
  const enforcer = referenceEngine.link([plan], re2);
  const context = { nowMs: Date.now(), keys, random: (length: number) => new Uint8Array(length), facts };
  const deliveries = new Map<string, Deliver>();
  const types = new Map<string, string>();
  const newest = new Map<string, Deliver>();
  for (const event of events.flatMap((line) => readRecord(Buffer.from(line), channel)) as readonly Envelope[]) {
    const [decision] = enforcer.enforce(event, context);
    if (decision?.kind !== "deliver") continue;
    deliveries.set(decision.deliveryId, decision);
    types.set(decision.deliveryId, event.type);
    const { entityKey, order = "" } = decision;
    const known = entityKey === undefined ? undefined : newest.get(entityKey);
    if (known?.order === order) throw new Error("expected states of distinct orders, got two of one");
    if (entityKey !== undefined && (known?.order ?? "") < order) newest.set(entityKey, decision);
  }
  return { deliveries, types, newest };
}
