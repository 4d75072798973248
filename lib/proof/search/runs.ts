import { findRow } from "./find-row.ts";

/** Characters that encodings write: letters, digits and the last two of base64 and base64url. */
const ENCODED = Int8Array.from({ length: 256 }, (_, byte) =>
  byte < 128 && /[A-Za-z0-9+/_-]/.test(String.fromCharCode(byte)) ? 1 : -1,
);

/** Fewer characters hold no piece of a canary in any encoding, and no digest that could be told from chance. */
export const SHORTEST_RUN = 16;

/** A stretch of characters that an encoding could have written. */
export interface CharacterRun {
  readonly start: number;
  readonly end: number;
}

/** Lists the stretches of bytes that could be base64 or hexadecimal. */
export function listRuns(bytes: Uint8Array): readonly CharacterRun[] {
  const runs: CharacterRun[] = [];
  for (let start = 0; ; ) {
    start = findRow(bytes, start, SHORTEST_RUN, ENCODED);
    if (start === -1) return runs;
    let end = start + SHORTEST_RUN;
    while (end < bytes.length && ENCODED[bytes[end] ?? 0] === 1) end++;
    runs.push({ start, end });
    start = end;
  }
}

/** Decodes base64 and base64url wherever in the text a group of four could begin. */
export function decodeBase64(text: string): readonly Buffer[] {
  return [0, 1, 2, 3].map((skip) => Buffer.from(text.slice(skip), "base64"));
}

const LONG_HEX = /[0-9a-f]{16,}/gi;

/** Decodes the hexadecimal stretches of a text, wherever in them a pair could begin. */
export function decodeHex(text: string): readonly Buffer[] {
  const stretches = text.match(LONG_HEX) ?? [];
  return stretches.flatMap((stretch) => [
    Buffer.from(even(stretch), "hex"),
    Buffer.from(even(stretch.slice(1)), "hex"),
  ]);
}

function even(text: string): string {
  return text.length % 2 === 0 ? text : text.slice(0, -1);
}

/** A letter or digit that was percent-encoded or escaped: no writer does that unless it hides something. */
const ESCAPED = /%(?:25)*(?:3\d|[46][1-9a-f]|[57][0-9a])|\\+(?:u00|x)(?:3\d|[46][1-9a-f]|[57][0-9a])/i;
const PERCENT = /%(?:25)*([0-9a-f]{2})/gi;
const BACKSLASH = /\\+(?:u00|x)([0-9a-f]{2})/gi;

/** Resolves percent-encoding and JSON escapes of letters and digits; undefined when there are none. */
export function resolveEscapes(text: string): string | undefined {
  if (!ESCAPED.test(text)) return undefined;
  const resolve = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
  return text.replace(PERCENT, resolve).replace(BACKSLASH, resolve);
}
