import { type Column, METADATA_NAME, type Plan } from "#plan";

/** Columns that every table begins with, so that consumers can tell deliveries apart and read one type cheaply. */
const ENVELOPE_COLUMNS: readonly Column[] = [
  { name: "_delivery_id", type: "STRING" },
  { name: "_type", type: "STRING" },
];

/** What a processor without output message gets: the event as one JSON text. */
const PAYLOAD_COLUMN: Column = { name: "payload", type: "JSON" };

/** The table that a processor's records make. */
export interface Table {
  /** Name of the record type in formats that want one. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** True: columns after the envelope's are members of the payload. False: one column holds the payload's text. */
  readonly structured: boolean;
}

/** Derives the table of a plan: the envelope columns, then those of its output message or the payload as text. */
export function tableOf(plan: Plan): Table {
  const { output, processor, delivery } = plan;
  if (output === undefined) {
    return { name: processor, columns: [...ENVELOPE_COLUMNS, PAYLOAD_COLUMN], structured: false };
  }
  const columns = output.fields.map(
    ({ name, column = "STRING", searchAsYouType }): Column => ({
      name,
      type: column,
      ...(searchAsYouType && { searchAsYouType }),
    }),
  );
  const metadata: readonly Column[] = delivery.metadata.length === 0 ? [] : [metadataColumn(delivery.metadata)];
  return { name: processor, columns: [...ENVELOPE_COLUMNS, ...columns, ...metadata], structured: true };
}

function metadataColumn(names: readonly string[]): Column {
  return { name: METADATA_NAME, type: { struct: names.map((name) => ({ name: name.toLowerCase(), type: "STRING" })) } };
}
