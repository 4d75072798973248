import { type Column, columnOfPart, type Plan } from "#plan";

/** What a processor without output message gets: the event as one JSON text. */
const PAYLOAD_COLUMN: Column = { name: "payload", type: "JSON" };

/** The table that a processor's records make. */
export interface Table {
  /** Name of the record type in formats that want one. */
  readonly name: string;
  /** What travels with every record comes first, so that consumers can tell deliveries apart and read one type cheaply. */
  readonly envelope: readonly EnvelopeColumn[];
  /** The envelope's, then those of the payload. */
  readonly columns: readonly Column[];
  /** True: columns after the envelope's are members of the payload. False: one column holds the payload's text. */
  readonly structured: boolean;
}

/** A column that holds a part of the envelope. */
export interface EnvelopeColumn extends Column {
  readonly part: string;
}

/** The part by which consumers tell repetitions: every delivery has it, whatever else travels with it. */
const ID_PART = { name: "delivery_id", column: "STRING" } as const;

/** Derives the table of a plan: what travels with its records, then its output message's fields or the payload as text. */
export function tableOf({ output, processor, delivery }: Plan): Table {
  const parts = [ID_PART, ...delivery.envelope.filter(({ name }) => name !== ID_PART.name)];
  const envelope = parts.map(({ name, column }) => ({ name: columnOfPart(name), type: column, part: name }));
  if (output === undefined) {
    return { name: processor, envelope, columns: [...envelope, PAYLOAD_COLUMN], structured: false };
  }
  const fields = output.fields.map(
    ({ name, column = "STRING", searchAsYouType }): Column => ({
      name,
      type: column,
      ...(searchAsYouType && { searchAsYouType }),
    }),
  );
  return { name: processor, envelope, columns: [...envelope, ...fields], structured: true };
}
