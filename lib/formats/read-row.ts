import { decodeUtf8, getMember, type JsonValue, parseJson } from "#json";
import { readColumnValue, UNFIT } from "./column-value.ts";
import type { FormatRecord, NotRepresentable, Row } from "./format.ts";
import type { Table } from "./table.ts";

/** Depth that engines let through, and one for `_shield`. */
const MAX_DEPTH = 65;

/** Reads a record as a row of a table: the envelope columns from the record, the others from its payload. */
export function readRow(table: Table, record: FormatRecord): Row | NotRepresentable {
  const envelope: readonly string[] = [record.deliveryId, record.type];
  const text = decodeUtf8(record.payload) ?? "";
  if (!table.structured) return { record, values: [...envelope, text] };
  const parsed = parseJson(text, { maxDepth: MAX_DEPTH });
  if ("problem" in parsed) return { reject: "NOT_REPRESENTABLE", column: "payload" };
  return readColumns(table, record, { envelope, payload: parsed.value });
}

function readColumns(
  table: Table,
  record: FormatRecord,
  { envelope, payload }: { readonly envelope: readonly string[]; readonly payload: JsonValue },
): Row | NotRepresentable {
  const values = [...envelope] as Row["values"][number][];
  for (const { name, type } of table.columns.slice(envelope.length)) {
    const value = readColumnValue(type, payload.kind === "object" ? getMember(payload, name) : undefined);
    if (value === UNFIT) return { reject: "NOT_REPRESENTABLE", column: name };
    values.push(value);
  }
  return { record, values };
}
