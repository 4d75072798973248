import type { FormatName, Mode, SinkName } from "#plan";
import { DELIVERY_ID, ENTITY_KEY, OURS, type SinkTransport } from "./transport-facts.ts";

/** What a sink can do and take, and what leaves with each delivery beside its payload, by name. */
export interface SinkFacts {
  readonly modes: readonly Mode[];
  readonly formats: readonly FormatName[];
  readonly transport: Readonly<Record<string, SinkTransport>>;
  /** How finely the sink must know when an event happened, to choose where it is kept; absent = it need not. */
  readonly needsTime?: TimeNeed;
  /** What messages carry beside their bodies; absent = the sink has no messages. */
  readonly attributes?: AttributeFacts;
  /** What the names of an output must be. */
  readonly names: NameFacts;
}

export interface TimeNeed {
  readonly unit: "HOUR" | "DAY";
  /** The units of `generalize_time` that leave enough. */
  readonly enough: readonly string[];
  readonly word: string;
}

export interface AttributeFacts {
  /** Parts of the envelope that consumers filter by; what the policy asks for in `metadata` is one too. */
  readonly parts: readonly string[];
  /** Further ones, which the sink's own messages have. */
  readonly own: Readonly<Partial<Record<Mode, readonly string[]>>>;
  readonly most: number;
}

export interface NameFacts {
  /** Names at the root of a record that the reader keeps for itself, and why. */
  readonly reserved: Readonly<Record<string, string>>;
  /** The names of an output message are columns of a table, told apart in lower case and with `_` for what is no letter. */
  readonly areColumns?: true;
  /** Longest name, in bytes; absent = no limit that anybody meets. */
  readonly longest?: number;
  /** Names that the reader cannot hold, and what they may be. */
  readonly shape?: { readonly pattern: RegExp; readonly words: string };
}

/** AWS Glue: columns and partitions of a table are one list, in lower case, each name up to 255 bytes. */
const GLUE: NameFacts = {
  reserved: { dt: "the partition by day", hour: "the partition by hour" },
  longest: 255,
  areColumns: true,
};

const META = "a field of every document that OpenSearch makes itself";

/** OpenSearch 2: fields of every document that it makes itself, and what ours add; `.` stands for an object inside. */
const DOCUMENT: NameFacts = {
  reserved: {
    ...Object.fromEntries(
      [
        "_id",
        "_index",
        "_type",
        "_source",
        "_size",
        "_routing",
        "_ignored",
        "_field_names",
        "_nested_path",
        "_seq_no",
        "_primary_term",
        "_version",
        "_data_stream_timestamp",
        "_doc_count",
        "_feature",
        "_tier",
      ].map((name) => [name, META]),
    ),
    deleted: "the mark of an entity that is gone",
  },
  shape: { pattern: /^[^.]+(?:\.[^.]+)*$/, words: "no empty name, and none that begins or ends with a dot" },
};

const MESSAGE: NameFacts = { reserved: {} };

const ORDER: SinkTransport = {
  channel: "order",
  of: "order",
  ops: [],
  rule: "times of birth, change and event, whether it is deleted, and a keyed token of the event's id",
  facts: ["keys", "plan"],
};

const SEQUENCE: SinkTransport = {
  channel: "sequence",
  of: { class: "INTERNAL", kind: "COUNT" },
  ops: [],
  rule: "how many states of the entity the ledger has let pass",
  facts: ["ledger"],
  mode: "NEWEST_STATE",
};

/** The URL and headers of requests: the deployment's names, and what the bodies are. */
function requestTo(what: string): SinkTransport {
  return { channel: "request", of: OURS, ops: [], rule: what, facts: ["deployment", "plan"] };
}

const RANDOM_NAME: SinkTransport = {
  channel: "object_key",
  of: OURS,
  ops: [],
  rule: "a random name, and the place among the objects of the batch",
  facts: ["random", "batch"],
  varies: ["bytes", "count"],
};

const BULK_HEADERS = requestTo("method, path and query of `_bulk`, its content type and encoding");

const MESSAGE_ID: SinkTransport = {
  channel: "request",
  of: OURS,
  ops: [],
  rule: "place of the message in its request",
  facts: ["batch"],
  varies: ["bytes", "count"],
};

const TOMBSTONE: SinkTransport = {
  channel: "payload",
  of: "type",
  ops: [],
  rule: "a document of an entity that is gone says so, and nothing else",
};

const FILTERS = ["delivery_id", "type", "schema", "policy_hash"];
const MOST_ATTRIBUTES = 10;

/** Shared code reads these facts and never tests a sink's name. */
export const SINKS: Readonly<Record<SinkName, SinkFacts>> = {
  LAKE: {
    modes: ["EVERY_EVENT"],
    formats: ["JSON", "PARQUET", "AVRO", "SEALED"],
    needsTime: { unit: "HOUR", enough: ["MINUTE", "HOUR"], word: "hour" },
    names: GLUE,
    transport: {
      object_key: {
        channel: "object_key",
        of: "time",
        ops: [{ op: "generalize_time", unit: "HOUR" }],
        rule: "day and hour of the event, then a random name",
      },
      "object_key.name": RANDOM_NAME,
      "object_metadata.fence": { ...RANDOM_NAME, channel: "object_metadata", rule: "the random mark of the writer" },
      "object_metadata.tombstone": {
        ...RANDOM_NAME,
        channel: "object_metadata",
        rule: "the object takes a key and holds nothing",
        facts: ["ledger"],
      },
      "request.object": requestTo("method, bucket and prefix, content type and the condition of the write"),
    },
  },
  LOG_INDEX: {
    modes: ["EVERY_EVENT"],
    formats: ["JSON"],
    needsTime: { unit: "DAY", enough: ["MINUTE", "HOUR", "DAY"], word: "day" },
    names: DOCUMENT,
    transport: {
      document_id: { ...DELIVERY_ID, channel: "document_id" },
      index: {
        channel: "index",
        of: "time",
        ops: [{ op: "generalize_time", unit: "DAY" }],
        rule: "at most the day of the event, never that of its delivery",
        facts: ["plan"],
      },
      "request.bulk": BULK_HEADERS,
    },
  },
  ENTITY_INDEX: {
    modes: ["NEWEST_STATE"],
    formats: ["JSON"],
    names: DOCUMENT,
    transport: {
      document_id: { ...ENTITY_KEY, channel: "document_id" },
      order: ORDER,
      index: { channel: "index", of: OURS, ops: [], rule: "name of processor and generation", facts: ["plan"] },
      tombstone: TOMBSTONE,
      "request.bulk": BULK_HEADERS,
      "request.script": requestTo("the stored script by which states are compared"),
    },
  },
  FIFO_QUEUE: {
    modes: ["EVERY_EVENT", "NEWEST_STATE"],
    formats: ["JSON"],
    names: MESSAGE,
    attributes: { parts: FILTERS, own: { NEWEST_STATE: ["sequence"] }, most: MOST_ATTRIBUTES },
    transport: {
      group_id: {
        ...ENTITY_KEY,
        channel: "group_id",
        rule: `${ENTITY_KEY.rule}; of the event's id where it has no entity`,
      },
      dedup_id: { ...DELIVERY_ID, channel: "dedup_id" },
      sequence: SEQUENCE,
      "request.message": MESSAGE_ID,
      "request.queue": requestTo("URL of the queue"),
    },
  },
  STANDARD_QUEUE: {
    modes: ["EVERY_EVENT"],
    formats: ["JSON"],
    names: MESSAGE,
    attributes: { parts: FILTERS, own: { EVERY_EVENT: ["delivery_id"] }, most: MOST_ATTRIBUTES },
    transport: {
      delivery_id: { ...DELIVERY_ID, channel: "attribute" },
      "request.message": MESSAGE_ID,
      "request.queue": requestTo("URL of the queue"),
    },
  },
};
