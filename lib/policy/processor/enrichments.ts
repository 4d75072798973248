import type { JsonKind } from "#json";
import type { Enrichment } from "#plan";
import { DELIVERY_ID, ENTITY_KEY, EVENT_TIME, type TransportFacts } from "./transport-facts.ts";

/** What a generated value is made of, and its JSON type in a record. */
export interface EnrichmentFacts extends TransportFacts {
  readonly of: Exclude<TransportFacts["of"], "order">;
  readonly type: JsonKind;
}

const NAME = { of: { class: "INTERNAL", kind: "CODE" }, ops: [], type: "string" } as const;

/** Generated values are rows of the matrix like fields: what moves data is data. */
export const ENRICHMENT_FACTS: Readonly<Record<Enrichment, EnrichmentFacts>> = {
  DELIVERY_TIME: { of: EVENT_TIME, ops: [], type: "string", rule: "time of the delivery, shortly after the event" },
  DELIVERY_ID: { ...DELIVERY_ID, type: "string" },
  ENTITY_KEY: { ...ENTITY_KEY, type: "string" },
  SPACE: { ...NAME, rule: "name of the Space" },
  POP: { ...NAME, rule: "name of the Pop above the Space" },
  REGION: { ...NAME, rule: "region of the Space" },
  CLOUD: { ...NAME, rule: "name of the cloud" },
  DEPLOYMENT_VERSION: { ...NAME, rule: "version of Event Shield that decided the event" },
  POLICY_HASH: { ...NAME, rule: "hash of the plan that decided the event" },
  SAMPLE_RATE: { of: { class: "INTERNAL", kind: "COUNT" }, ops: [], type: "number", rule: "share of events kept" },
};
