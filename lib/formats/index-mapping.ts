import { type Column, type ColumnType, ENVELOPE_NAME, type Plan } from "#plan";
import { type EnvelopeColumn, tableOf } from "./table.ts";

/** An OpenSearch mapping type, as far as we use it. */
export type Mapping = Readonly<Record<string, unknown>>;

/**
 * The index body of a processor's search index: a strict mapping, so that a document with a field we did not foresee is
 * refused rather than indexed.
 *
 * A processor without output message has `payload` mapped as an object that is stored and not indexed.
 */
export function indexMappingOf(plan: Plan): Mapping {
  const { columns, envelope, structured } = tableOf(plan);
  const fields = structured ? columns.slice(envelope.length) : [];
  const ours = Object.entries({ deleted: { type: "boolean" }, [ENVELOPE_NAME]: shieldOf(envelope) });
  const properties = Object.fromEntries([...fields.map(propertyOf), ...ours]);
  const dynamic = structured ? "strict" : "false";
  return { mappings: { dynamic, properties } };
}

/** What delivery adds. The order is compared by a script alone, so that it costs its bytes and nothing more. */
function shieldOf(envelope: readonly EnvelopeColumn[]): Mapping {
  const parts = envelope.map(({ part, type }): [string, Mapping] => [part, mappingOf(type)]);
  const order = { type: "keyword", index: false, doc_values: false };
  return { type: "object", dynamic: false, properties: { ...Object.fromEntries(parts), order } };
}

/** Longest string that is indexed: Lucene refuses terms over 32,766 bytes, and one character has up to four. */
const LONGEST_KEYWORD = 8_191;

const PROPERTIES = {
  STRING: { type: "keyword", ignore_above: LONGEST_KEYWORD },
  BOOLEAN: { type: "boolean" },
  INT64: { type: "long" },
  DOUBLE: { type: "double" },
  TIMESTAMP: { type: "date", format: "strict_date_optional_time_nanos" },
  JSON: { type: "object", enabled: false },
} as const satisfies Record<string, Mapping>;

function propertyOf({ name, type, searchAsYouType }: Column): [string, Mapping] {
  return [name, searchAsYouType ? { type: "search_as_you_type" } : mappingOf(type)];
}

/** Search indexes know no lists: a field of a type holds any number of values of it. */
function mappingOf(type: ColumnType): Mapping {
  if (typeof type === "string") return PROPERTIES[type];
  if ("list" in type) return mappingOf(type.list);
  if ("map" in type) return { type: "flat_object" };
  return { type: "object", dynamic: "strict", properties: Object.fromEntries(type.struct.map(propertyOf)) };
}
