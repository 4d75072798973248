import { type Column, type ColumnType, ENVELOPE_NAME, type Plan } from "#plan";
import { documentFieldsOf } from "./document-fields.ts";
import { KEYWORD, type Mapping, UNINDEXED } from "./index-field.ts";
import { type EnvelopeColumn, tableOf } from "./table.ts";

/**
 * The mapping of a processor's search index. Nothing is guessed from values: one that looks like a date would make the index
 * refuse all that do not.
 *
 * With an output message it is strict, so that a document with a field we did not foresee is refused rather than indexed.
 * Without one its fields are those of the events that the processor takes, by their kinds; a field that a newer policy
 * adds is stored, and searchable once the mapping has it.
 */
export function indexMappingOf(plan: Plan): Mapping {
  const { columns, envelope, structured } = tableOf(plan);
  const fields = structured ? columns.slice(envelope.length).map(propertyOf) : Object.entries(documentFieldsOf(plan));
  const ours = Object.entries({ deleted: { type: "boolean" }, [ENVELOPE_NAME]: shieldOf(envelope) });
  const properties = Object.fromEntries([...fields, ...ours]);
  const dynamic = structured ? "strict" : "false";
  return { mappings: { dynamic, properties } };
}

/** What delivery adds. The order is compared by a script alone, so that it costs its bytes and nothing more. */
function shieldOf(envelope: readonly EnvelopeColumn[]): Mapping {
  const parts = envelope.map(({ part, type }): [string, Mapping] => [part, mappingOf(type)]);
  const order = { type: "keyword", index: false, doc_values: false };
  return { type: "object", dynamic: false, properties: { ...Object.fromEntries(parts), order } };
}

const PROPERTIES = {
  STRING: KEYWORD,
  BOOLEAN: { type: "boolean" },
  INT64: { type: "long" },
  DOUBLE: { type: "double" },
  TIMESTAMP: { type: "date", format: "strict_date_optional_time_nanos" },
  JSON: UNINDEXED,
} as const satisfies Record<string, Mapping>;

function propertyOf({ name, type, searchAsYouType }: Column): [string, Mapping] {
  return [name, searchAsYouType ? { type: "search_as_you_type" } : mappingOf(type)];
}

/** Search indexes know no lists: a field of a type holds any number of values of it. */
function mappingOf(type: ColumnType): Mapping {
  if (typeof type === "string") return PROPERTIES[type];
  if ("list" in type) return mappingOf(type.list);
  if ("map" in type) return UNINDEXED;
  return { type: "object", dynamic: "strict", properties: Object.fromEntries(type.struct.map(propertyOf)) };
}
