import { type DigestTable, SURE_BYTES } from "./digest-table.ts";

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

function findWritten(
  bytes: Buffer,
  { encoding, bits, valueOfByte }: Writing,
  { table, found }: { readonly table: DigestTable; readonly found: (text: number) => void },
): void {
  const window = (2 * HALF_BITS) / bits;
  const sure = Math.ceil((SURE_BYTES * 8) / bits);
  let [length, high, low] = [0, 0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const value = valueOfByte[bytes[at] ?? 0] ?? -1;
    length = value < 0 ? 0 : length + 1;
    high = ((high << bits) | (low >>> (HALF_BITS - bits))) & HALF;
    low = ((low << bits) | value) & HALF;
    if (length < window || !table.mayBegin(high, low)) continue;
    const start = at + 1 - window;
    const text = table.find(Buffer.from(bytes.toString("latin1", start, start + sure), encoding));
    if (text !== undefined) found(text);
  }
}
