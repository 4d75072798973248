import { isReadable, type JsonValue } from "#json";
import { type Cell, type ColumnType, isDecimalText, kindFacts, normalizeRfc3339, parseInteger } from "#plan";
import type { DropReason } from "./engine.ts";

/**
 * Reads a value as one that may stand at a cell, or says why it may not.
 *
 * - A text field of identifiers takes a number by its text, so that an identifier is the same however it comes.
 * - An integer field takes `1.0`, `1e3` and decimal digits in a string. What is kept is kept as it was written; transforms
 *   get the integer.
 * - A kind that tests its values tests what was read: the integer, not how it is written.
 * - What some reader of the output could not read, such as half a surrogate pair, is no value of any kind.
 */
export type ReadValue = (value: JsonValue) => { readonly value: JsonValue } | { readonly fault: DropReason };

/** @param column type of the column that the value becomes, where there is one */
export function createReadValue(cell: Cell, column?: ColumnType): ReadValue {
  const read = readerOf(cell);
  const findFault = faultTest(cell);
  const spell = spellingOf(cell, column);
  return (value) => {
    const found = read(value);
    if (found === undefined) return { fault: "wrong_type" };
    const fault = findFault(found, value);
    return fault === undefined ? { value: spell(found, value) } : { fault };
  };
}

/** Reads a value as one of an allowed type; undefined when it is none. */
type Read = (value: JsonValue) => JsonValue | undefined;

function readerOf(cell: Cell): Read {
  if (cell.integer) return readIntegerAt(cell);
  if (kindFacts(cell.kind).takesNumbersAsText && cell.kinds.includes("string")) return readIdAt(cell);
  return (value) => (cell.kinds.includes(value.kind) ? value : undefined);
}

function readIdAt({ kinds }: Cell): Read {
  return (value) => {
    if (kinds.includes(value.kind)) return value;
    return value.kind === "number" ? { kind: "string", text: value.text } : undefined;
  };
}

function readIntegerAt({ kinds }: Cell): Read {
  return (value) => {
    if (value.kind === "number") return integerOf(value.text);
    if (kinds.includes(value.kind)) return value;
    return value.kind === "string" && isDecimalText(value.text) ? integerOf(value.text) : undefined;
  };
}

function integerOf(text: string): JsonValue | undefined {
  const integer = parseInteger(text);
  return integer === undefined ? undefined : { kind: "number", text: `${integer}` };
}

/** What is wrong with a value of an allowed type. */
function faultTest({ oneOf, kind }: Cell): (value: JsonValue, written: JsonValue) => DropReason | undefined {
  const { values, oneOfDecides } = kindFacts(kind);
  const tests = oneOf !== undefined && oneOfDecides ? undefined : values?.tests;
  return (value, written) => {
    // Whatever is no string cannot be one of the allowed strings.
    if (oneOf !== undefined && !(value.kind === "string" && oneOf.includes(value.text))) return "not_one_of";
    if (!isReadable(written)) return "invalid";
    const test = tests === undefined || tests[value.kind];
    return test === true || ("text" in value && test?.(value.text)) ? undefined : "invalid";
  };
}

/** How a value is written that passes: an integer that no transform takes stays as it came. */
function spellingOf({ integer, ops }: Cell, column?: ColumnType): (value: JsonValue, written: JsonValue) => JsonValue {
  if (integer && ops.length === 0) return (_, written) => written;
  return holdsTimes(column) ? spellTime : (value) => value;
}

function holdsTimes(column: ColumnType | undefined): boolean {
  return column === "TIMESTAMP" || (typeof column === "object" && "list" in column && holdsTimes(column.list));
}

function spellTime(value: JsonValue): JsonValue {
  const text = value.kind === "string" ? normalizeRfc3339(value.text) : undefined;
  return text === undefined ? value : { kind: "string", text };
}
