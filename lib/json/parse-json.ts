import { CHARACTERS } from "./characters.ts";
import { isJson } from "./is-json.ts";
import type { JsonArray, JsonBoolean, JsonMember, JsonNull, JsonObject, JsonString, JsonValue } from "./value.ts";

const { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE, SPACE } = CHARACTERS;

/** Why a text is refused. It says nothing of the text itself: member names can be data. */
export type JsonProblem = "INVALID_JSON" | "TOO_DEEP" | "DUPLICATE_KEY";

export type ParsedJson = { readonly value: JsonValue } | { readonly problem: JsonProblem };

export interface ParseOptions {
  /** How many arrays and objects may be open at once: `[]` is one deep. */
  readonly maxDepth: number;
}

/**
 * Reads a JSON text without losing what JavaScript values cannot hold: number text, member order, repeated names.
 *
 * `JSON.parse` decides what is JSON. Of several problems the first in this order is told: `TOO_DEEP` (brackets outside
 * of quotes, whether or not the rest is JSON), `INVALID_JSON`, `DUPLICATE_KEY` (names compared after decoding).
 */
export function parseJson(text: string, { maxDepth }: ParseOptions): ParsedJson {
  if (isDeeperThan(maxDepth, text)) return { problem: "TOO_DEEP" };
  if (!isJson(text)) return { problem: "INVALID_JSON" };
  const cursor: Cursor = { text, at: 0, duplicate: false };
  const value = readValue(cursor);
  return cursor.duplicate ? { problem: "DUPLICATE_KEY" } : { value };
}

const LETTER_F = 0x66;
const LETTER_N = 0x6e;
const LETTER_T = 0x74;

const TRUE: JsonBoolean = { kind: "boolean", value: true };
const FALSE: JsonBoolean = { kind: "boolean", value: false };
const NULL: JsonNull = { kind: "null" };

/** Checked first, so that neither `JSON.parse` nor the readers below meet a text that could exhaust memory or stack. */
function isDeeperThan(maxDepth: number, text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth++;
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) depth--;
    if (depth > maxDepth) return true;
  }
  return false;
}

/** A place in a text that is known to be JSON, so that the readers below need no error of their own. */
interface Cursor {
  readonly text: string;
  at: number;
  duplicate: boolean;
}

function readValue(cursor: Cursor): JsonValue {
  switch (skipSpace(cursor)) {
    case QUOTE:
      return { kind: "string", text: readString(cursor) };
    case OPEN_OBJECT:
      return readObject(cursor);
    case OPEN_ARRAY:
      return readArray(cursor);
    case LETTER_T:
      return readWord(cursor, "true", TRUE);
    case LETTER_F:
      return readWord(cursor, "false", FALSE);
    case LETTER_N:
      return readWord(cursor, "null", NULL);
    default:
      return readNumber(cursor);
  }
}

function readObject(cursor: Cursor): JsonObject {
  const start = cursor.at++;
  const members: JsonMember[] = [];
  while (skipSpace(cursor) !== CLOSE_OBJECT) {
    if (members.length > 0) skipComma(cursor);
    const name = readString(cursor);
    skipSpace(cursor);
    cursor.at++;
    members.push({ name, value: readValue(cursor) });
  }
  cursor.at++;
  if (hasRepeatedName(members)) cursor.duplicate = true;
  return { kind: "object", members, span: { start, end: cursor.at } };
}

function readArray(cursor: Cursor): JsonArray {
  const start = cursor.at++;
  const items: JsonValue[] = [];
  while (skipSpace(cursor) !== CLOSE_ARRAY) {
    if (items.length > 0) skipComma(cursor);
    items.push(readValue(cursor));
  }
  cursor.at++;
  return { kind: "array", items, span: { start, end: cursor.at } };
}

function readString(cursor: Cursor): JsonString["text"] {
  const { text, at } = cursor;
  const end = endOfString(text, at);
  cursor.at = end + 1;
  const inner = text.slice(at + 1, end);
  return inner.includes("\\") ? JSON.parse(text.slice(at, end + 1)) : inner;
}

function readNumber(cursor: Cursor): JsonValue {
  const { text, at } = cursor;
  let end = at + 1;
  while (end < text.length && !endsNumber(text.charCodeAt(end))) end++;
  cursor.at = end;
  return { kind: "number", text: text.slice(at, end) };
}

function readWord(cursor: Cursor, word: string, value: JsonValue): JsonValue {
  cursor.at += word.length;
  return value;
}

/** Index of the quote that closes the string opened at `start`, or the text's length when none does. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}

function endsNumber(code: number): boolean {
  return code <= SPACE || code === COMMA || code === CLOSE_ARRAY || code === CLOSE_OBJECT;
}

/** Moves to the next token and returns its first character code. */
function skipSpace(cursor: Cursor): number {
  let code = cursor.text.charCodeAt(cursor.at);
  while (code <= SPACE) code = cursor.text.charCodeAt(++cursor.at);
  return code;
}

function skipComma(cursor: Cursor): void {
  cursor.at++;
  skipSpace(cursor);
}

/** Below this many members, comparing each with each is faster than building a set. */
const FEW_MEMBERS = 8;

function hasRepeatedName(members: readonly JsonMember[]): boolean {
  if (members.length > FEW_MEMBERS) return new Set(members.map(({ name }) => name)).size < members.length;
  return members.some(({ name }, index) => {
    for (let other = index + 1; other < members.length; other++) if (members[other]?.name === name) return true;
    return false;
  });
}
