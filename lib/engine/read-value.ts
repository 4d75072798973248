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
  const tested = cell.integer ? integerOf : (value: JsonValue) => value;
  const spell = holdsTimes(column) ? spellTime : (value: JsonValue) => value;
  return (value) => {
    const found = read(value);
    const fault = found === undefined ? "wrong_type" : findFault(tested(found));
    return found === undefined || fault !== undefined ? { fault: fault ?? "wrong_type" } : { value: spell(found) };
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
    if (value.kind !== "number") return undefined;
    // Before it is a text: what no reader takes as a number is no id either.
    return isReadable(value) ? { kind: "string", text: value.text } : value;
  };
}

function readIntegerAt({ kinds, ops }: Cell): Read {
  const readInteger = (value: JsonValue, text: string): JsonValue | undefined => {
    const integer = parseInteger(text);
    if (integer === undefined || ops.length === 0) return integer === undefined ? undefined : value;
    return { kind: "number", text: `${integer}` };
  };
  return (value) => {
    if (value.kind === "number") return readInteger(value, value.text);
    if (kinds.includes(value.kind)) return value;
    return value.kind === "string" && isDecimalText(value.text) ? readInteger(value, value.text) : undefined;
  };
}

/** The integer that a value is, however it is written. */
function integerOf(value: JsonValue): JsonValue {
  const integer = "text" in value ? parseInteger(value.text) : undefined;
  return integer === undefined ? value : { kind: "number", text: `${integer}` };
}

/** What is wrong with a value of an allowed type. */
function faultTest({ oneOf, kind }: Cell): (value: JsonValue) => DropReason | undefined {
  const { values, oneOfDecides } = kindFacts(kind);
  const tests = oneOf !== undefined && oneOfDecides ? undefined : values?.tests;
  return (value) => {
    // Whatever is no string cannot be one of the allowed strings.
    if (oneOf !== undefined && !(value.kind === "string" && oneOf.includes(value.text))) return "not_one_of";
    if (!isReadable(value)) return "invalid";
    const test = tests === undefined || tests[value.kind];
    return test === true || ("text" in value && test?.(value.text)) ? undefined : "invalid";
  };
}

function holdsTimes(column: ColumnType | undefined): boolean {
  return column === "TIMESTAMP" || (typeof column === "object" && "list" in column && holdsTimes(column.list));
}

function spellTime(value: JsonValue): JsonValue {
  const text = value.kind === "string" ? normalizeRfc3339(value.text) : undefined;
  return text === undefined ? value : { kind: "string", text };
}
