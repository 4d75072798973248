import { decodeUtf8, getMember, type JsonValue, parseJson } from "#json";
import { type ColumnValue, readColumnValue, UNFIT } from "./column-value.ts";
import type { FormatRecord, NotRepresentable, Row } from "./format.ts";
import type { Table } from "./table.ts";

/** Depth that engines let through, and one for the envelope. */
const MAX_DEPTH = 65;

/** Reads a record as a row of a table: the envelope columns from what travels with it, the others from its payload. */
export function readRow(table: Table, record: FormatRecord): Row | NotRepresentable {
  const values: ColumnValue[] = [];
  for (const { name, type, part } of table.envelope) {
    const text = part === "delivery_id" ? record.deliveryId : record.envelope?.[part];
    const value = readColumnValue(
      type,
      text === undefined ? undefined : { kind: KIND_OF[String(type)] ?? "string", text },
    );
    if (value === UNFIT) return { reject: "NOT_REPRESENTABLE", column: name };
    values.push(value);
  }
  const text = decodeUtf8(record.payload) ?? "";
  if (!table.structured) return { record, values: [...values, text] };
  const parsed = parseJson(text, { maxDepth: MAX_DEPTH });
  if ("problem" in parsed) return { reject: "NOT_REPRESENTABLE", column: "payload" };
  return readColumns(table, { record, values }, parsed.value);
}

/** The envelope is text; these columns hold numbers. */
const KIND_OF: Readonly<Record<string, "number">> = { DOUBLE: "number", INT64: "number" };

function readColumns(table: Table, { record, values }: Row, payload: JsonValue): Row | NotRepresentable {
  const all = [...values];
  for (const { name, type } of table.columns.slice(values.length)) {
    const value = readColumnValue(type, payload.kind === "object" ? getMember(payload, name) : undefined);
    if (value === UNFIT) return { reject: "NOT_REPRESENTABLE", column: name };
    all.push(value);
  }
  return { record, values: all };
}
