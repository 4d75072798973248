import type { FormatFacts, Row } from "./format.ts";

const NEWLINE = Buffer.from("\n");

/** One JSON document per line. */
export const ndjson: FormatFacts = {
  summary: "one JSON document per line, as the policy leaves it",
  create: () => ({
    extension: ".ndjson",
    contentType: "application/x-ndjson",
    read: (record) => ({ record, values: [] }),
    encode: (rows) => linesOf(rows, ({ record }) => record.payload),
  }),
};

/** One sealed envelope per line, in its text form. */
export const sealedLines: FormatFacts = {
  summary: "one sealed envelope (format v1) per line; each opens on its own",
  create: () => ({
    extension: ".sealed.ndjson",
    contentType: "application/x-ndjson",
    read: (record) => ({ record, values: [] }),
    encode: (rows) => linesOf(rows, ({ record }) => sealedLine(record.deliveryId, record.payload)),
  }),
};

function linesOf(rows: readonly Row[], line: (row: Row) => Uint8Array): Uint8Array {
  return Buffer.concat(rows.flatMap((row) => [line(row), NEWLINE]));
}

function sealedLine(deliveryId: string, sealed: Uint8Array): Uint8Array {
  const text = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength).toString("base64url");
  return Buffer.from(JSON.stringify({ id: deliveryId, sealed: text }));
}
