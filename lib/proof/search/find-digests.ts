import { type DigestTable, SURE_BYTES } from "./digest-table.ts";
import { findRow } from "./find-row.ts";

/** A way to write bytes as text. */
interface Writing {
  readonly encoding: "hex" | "base64";
  /** Bits of a character. */
  readonly bits: number;
  /** The value of each byte that is a character of it; -1 for every other byte. */
  readonly valueOfByte: Int8Array;
}

const WRITINGS: readonly Writing[] = [
  { encoding: "hex", bits: 4, valueOfByte: valuesOf("0123456789abcdef", "0123456789ABCDEF") },
  {
    encoding: "base64",
    bits: 6,
    valueOfByte: valuesOf(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
    ),
  },
];

function valuesOf(...alphabets: readonly string[]): Int8Array {
  const values = new Int8Array(256).fill(-1);
  for (const alphabet of alphabets) {
    for (const [value, character] of [...alphabet].entries()) values[character.charCodeAt(0)] = value;
  }
  return values;
}

const HALF_BITS = 24;
const HALF = 2 ** HALF_BITS - 1;

/** Finds digests in bytes, in hexadecimal or base64, wherever they begin. */
export function findDigests(bytes: Buffer, table: DigestTable, found: (text: number) => void): void {
  for (const writing of WRITINGS) findWritten(bytes, writing, { table, found });
}

interface Digesting {
  readonly table: DigestTable;
  readonly found: (text: number) => void;
}

function findWritten(bytes: Buffer, writing: Writing, digesting: Digesting): void {
  const next = (from: number) => findRow(bytes, from, sureLength(writing), writing.valueOfByte);
  for (let start = next(0); start !== -1; ) start = next(searchRow(bytes, start, writing, digesting));
}

/** Characters that write as many bits as must agree. */
function sureLength({ bits }: Writing): number {
  return Math.ceil((SURE_BYTES * 8) / bits);
}

/** Searches the characters in a row from `start` on and returns the position behind them. */
function searchRow(bytes: Buffer, start: number, writing: Writing, { table, found }: Digesting): number {
  const { bits, valueOfByte } = writing;
  const window = (2 * HALF_BITS) / bits;
  let [high, low] = [0, 0];
  for (let at = start; at < bytes.length; at++) {
    const value = valueOfByte[bytes[at] ?? 0] ?? -1;
    if (value < 0) return at;
    high = ((high << bits) | (low >>> (HALF_BITS - bits))) & HALF;
    low = ((low << bits) | value) & HALF;
    const first = at + 1 - window;
    if (first < start || !table.mayBegin(high, low)) continue;
    const text = table.find(decode(bytes, first, writing));
    if (text !== undefined) found(text);
  }
  return bytes.length;
}

function decode(bytes: Buffer, first: number, writing: Writing): Buffer {
  return Buffer.from(bytes.toString("latin1", first, first + sureLength(writing)), writing.encoding);
}
