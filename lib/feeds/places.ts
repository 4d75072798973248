import { CHARACTERS, type JsonKind } from "#json";

const { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE, SPACE } = CHARACTERS;

/** Where a value stands in the bytes of a JSON text. */
export interface ByteRange {
  readonly kind: JsonKind;
  readonly start: number;
  /** Just behind its last byte. */
  readonly end: number;
}

export interface MemberPlace {
  /** Decoded. */
  readonly name: string;
  readonly place: ByteRange;
}

/** What a value is, by its first byte; every other byte begins a number. */
const KIND_BY_FIRST_BYTE: ReadonlyMap<number | undefined, JsonKind> = new Map([
  [QUOTE, "string"],
  [OPEN_OBJECT, "object"],
  [OPEN_ARRAY, "array"],
  [0x66, "boolean"],
  [0x74, "boolean"],
  [0x6e, "null"],
]);

/** Counts how many arrays and objects are open at once at most, brackets in strings aside. Any bytes will do. */
export function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at) - 1;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) deepest = Math.max(deepest, ++depth);
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--;
  }
  return deepest;
}

/** Cuts off the space around a JSON text; returns the same array where there is none. */
export function trimSpace(bytes: Uint8Array): Uint8Array {
  const start = skipSpace(bytes, 0);
  let end = bytes.length;
  while (end > start && isSpace(bytes[end - 1])) end--;
  return end - start === bytes.length ? bytes : bytes.subarray(start, end);
}

/** Makes a place of a trimmed JSON text. As below, the bytes must be JSON: nothing is checked again. */
export function rootOf(bytes: Uint8Array): ByteRange {
  return { kind: kindAt(bytes, 0), start: 0, end: bytes.length };
}

/** Finds the members of an object, skipping over their values. */
export function membersOf(bytes: Buffer, object: ByteRange): readonly MemberPlace[] {
  const members: MemberPlace[] = [];
  let at = skipSpace(bytes, object.start + 1);
  while (bytes[at] === QUOTE) {
    const name = placeAt(bytes, at);
    const colon = skipSpace(bytes, name.end);
    const place = placeAt(bytes, colon + 1);
    members.push({ name: textAt(bytes, name), place });
    at = skipComma(bytes, place.end);
  }
  return members;
}

/** Finds the first items of an array, at most so many, skipping over them. */
export function itemsOf(bytes: Uint8Array, array: ByteRange, atMost: number): readonly ByteRange[] {
  const items: ByteRange[] = [];
  let at = skipSpace(bytes, array.start + 1);
  while (bytes[at] !== CLOSE_ARRAY && items.length < atMost) {
    const item = placeAt(bytes, at);
    items.push(item);
    at = skipComma(bytes, item.end);
  }
  return items;
}

/** Finds objects that stand one after the other, at most so many; of bytes that are anything else, none. */
export function objectsIn(bytes: Uint8Array, atMost: number): readonly ByteRange[] {
  const found: ByteRange[] = [];
  for (let at = skipSpace(bytes, 0); at < bytes.length && found.length < atMost; ) {
    if (bytes[at] !== OPEN_OBJECT) return [];
    const end = endOfBrackets(bytes, at);
    found.push({ kind: "object", start: at, end });
    at = skipSpace(bytes, end);
  }
  return found;
}

/** Reads a string, decoded, or the text of any other value as it was written. */
export function textAt(bytes: Buffer, { kind, start, end }: ByteRange): string {
  if (kind !== "string") return bytes.toString("utf8", start, end);
  const text = bytes.toString("utf8", start + 1, end - 1);
  return text.includes("\\") ? JSON.parse(`"${text}"`) : text;
}

function placeAt(bytes: Uint8Array, from: number): ByteRange {
  const start = skipSpace(bytes, from);
  return { kind: kindAt(bytes, start), start, end: endOfValue(bytes, start) };
}

function kindAt(bytes: Uint8Array, start: number): JsonKind {
  return KIND_BY_FIRST_BYTE.get(bytes[start]) ?? "number";
}

function endOfValue(bytes: Uint8Array, start: number): number {
  const first = bytes[start];
  if (first === QUOTE) return endOfString(bytes, start);
  if (first === OPEN_OBJECT || first === OPEN_ARRAY) return endOfBrackets(bytes, start);
  let at = start;
  while (!endsScalar(bytes[at])) at++;
  return at;
}

/** Index behind the quote that closes the string opened at `start`; the end of the bytes when none does. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at++;
  }
  return bytes.length;
}

function endOfBrackets(bytes: Uint8Array, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at) - 1;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
    else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && --depth === 0) return at + 1;
  }
  return bytes.length;
}

function endsScalar(byte: number | undefined): boolean {
  return byte === undefined || isSpace(byte) || byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT;
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at++;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && byte <= SPACE;
}

function skipComma(bytes: Uint8Array, from: number): number {
  const at = skipSpace(bytes, from);
  return bytes[at] === COMMA ? skipSpace(bytes, at + 1) : at;
}
