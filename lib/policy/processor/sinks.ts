import type { FormatName, Mode, SinkName } from "#plan";
import { DELIVERY_ID, ENTITY_KEY, EVENT_TIME, type TransportFacts } from "./transport-facts.ts";

/** What a sink can do, and what leaves with each delivery beside its payload, by name. */
export interface SinkFacts {
  readonly modes: readonly Mode[];
  readonly formats: readonly FormatName[];
  readonly transport: Readonly<Record<string, TransportFacts>>;
}

const ORDER: TransportFacts = {
  of: "order",
  ops: [],
  rule: "times of birth, change and event, whether it is deleted, and a keyed token of the event's id",
};

const SEQUENCE: TransportFacts = {
  of: { class: "INTERNAL", kind: "COUNT" },
  ops: [],
  rule: "how many states of the entity the ledger has let pass",
  mode: "NEWEST_STATE",
};

/** Shared code reads these facts and never tests a sink's name. */
export const SINKS: Readonly<Record<SinkName, SinkFacts>> = {
  LAKE: {
    modes: ["EVERY_EVENT"],
    formats: ["JSON", "PARQUET", "AVRO", "SEALED"],
    transport: {
      object_key: {
        of: EVENT_TIME,
        ops: [{ op: "generalize_time", unit: "HOUR" }],
        rule: "day and hour of the event, then a random name",
      },
    },
  },
  LOG_INDEX: {
    modes: ["EVERY_EVENT"],
    formats: ["JSON"],
    transport: {
      document_id: DELIVERY_ID,
      index: {
        of: EVENT_TIME,
        ops: [{ op: "generalize_time", unit: "DAY" }],
        rule: "at most the day of the event, never that of its delivery",
      },
    },
  },
  ENTITY_INDEX: {
    modes: ["NEWEST_STATE"],
    formats: ["JSON"],
    transport: { document_id: ENTITY_KEY, order: ORDER },
  },
  FIFO_QUEUE: {
    modes: ["EVERY_EVENT", "NEWEST_STATE"],
    formats: ["JSON"],
    transport: {
      group_id: { ...ENTITY_KEY, rule: `${ENTITY_KEY.rule}; of the event's id where it has no entity` },
      dedup_id: DELIVERY_ID,
      sequence: SEQUENCE,
    },
  },
  STANDARD_QUEUE: {
    modes: ["EVERY_EVENT"],
    formats: ["JSON"],
    transport: { delivery_id: DELIVERY_ID },
  },
};
