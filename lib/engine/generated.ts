import type { JsonValue } from "#json";
import type { Enrichment, Plan } from "#plan";
import type { EnrichFacts } from "./engine.ts";

/** What generated values are made from. */
export interface GenerateFrom {
  readonly plan: Plan;
  readonly nowMs: number;
  readonly facts: EnrichFacts;
  readonly deliveryId: string;
  readonly entityKey: string | undefined;
}

/** The enrichments that depend on the delivery; every other one is a fact of the deployment. */
const GENERATE: Readonly<Partial<Record<Enrichment, (from: GenerateFrom) => string | undefined>>> = {
  DELIVERY_TIME: ({ nowMs }) => new Date(nowMs).toISOString(),
  DELIVERY_ID: ({ deliveryId }) => deliveryId,
  ENTITY_KEY: ({ entityKey }) => entityKey,
  POLICY_HASH: ({ plan }) => plan.hash,
  SAMPLE_RATE: ({ plan }) => String(plan.delivery.sampling?.rate ?? 1),
};

/** Enrichments that are numbers in JSON; every other one is a string. */
const NUMBERS: readonly Enrichment[] = ["SAMPLE_RATE"];

/** Makes one generated value; undefined where there is none for this delivery. */
export function generate(enrichment: Enrichment, from: GenerateFrom): JsonValue | undefined {
  const text = generateText(enrichment, from);
  if (text === undefined) return undefined;
  return { kind: NUMBERS.includes(enrichment) ? "number" : "string", text };
}

function generateText(enrichment: Enrichment, from: GenerateFrom): string | undefined {
  const make = GENERATE[enrichment];
  return make === undefined ? from.facts[enrichment] : make(from);
}
