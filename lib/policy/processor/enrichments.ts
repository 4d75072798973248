import type { JsonKind } from "#json";
import type { ColumnType, Enrichment } from "#plan";
import { DELIVERY_ID, ENTITY_KEY, OURS, type TransportFacts } from "./transport-facts.ts";

/** What a generated value is made of, its JSON type in a record, and that of its column. */
export interface EnrichmentFacts extends TransportFacts {
  readonly of: Exclude<TransportFacts["of"], "order">;
  readonly type: JsonKind;
  readonly column: ColumnType;
}

const TEXT = { type: "string", column: "STRING" } as const;
const NAME = { of: OURS, ops: [], facts: ["deployment"], ...TEXT } as const;

/** Generated values are rows of the matrix like fields: what moves data is data. */
export const ENRICHMENT_FACTS: Readonly<Record<Enrichment, EnrichmentFacts>> = {
  DELIVERY_TIME: {
    of: "time",
    ops: [],
    type: "string",
    column: "TIMESTAMP",
    rule: "time of the delivery, shortly after the event",
    facts: ["clock"],
  },
  DELIVERY_ID: { ...DELIVERY_ID, ...TEXT },
  ENTITY_KEY: { ...ENTITY_KEY, ...TEXT },
  SPACE: { ...NAME, rule: "name of the Space" },
  POP: { ...NAME, rule: "name of the Pop above the Space" },
  REGION: { ...NAME, rule: "region of the Space" },
  CLOUD: { ...NAME, rule: "name of the cloud" },
  DEPLOYMENT_VERSION: { ...NAME, rule: "version of Event Shield that decided the event" },
  POLICY_HASH: { ...NAME, facts: ["plan"], rule: "hash of the plan that decided the event" },
  SAMPLE_RATE: {
    of: { class: "INTERNAL", kind: "COUNT" },
    ops: [],
    type: "number",
    column: "DOUBLE",
    rule: "share of events kept",
    facts: ["plan"],
  },
};
