import { isIP } from "node:net";
import type { JsonKind } from "#json";
import type { Cell, Kind } from "#plan";
import type { Sample } from "./op-oracle.ts";

/**
 * What the documentation of kinds says a value must be: said a second time, in words of its own. Nothing here calls the
 * engine or its tables.
 */
const RULES: Readonly<Partial<Record<Kind, (sample: Sample) => boolean>>> = {
  SUBJECT_ID: ({ text }) => text.length > 0,
  OBJECT_ID: ({ kind, text }) => kind === "number" || isMadeOf(text.replace(/@clients$/, ""), "_.:/|~+=-", 256),
  TENANT: ({ kind, text }) => kind === "string" && isMadeOf(text, "_.:/-", 128) && isPlain(text[0]),
  CODE: ({ kind, text }) =>
    kind === "number" ? isDigits(text) && text.length < 6 : isMadeOf(text, "_.:/-", 64) && isLetter(text[0]),
  FLAG: ({ kind, text }) => kind === "boolean" || ["true", "false", "yes", "no", "0", "1"].includes(text.toLowerCase()),
  COUNT: ({ kind, text }) => (kind === "number" ? isWhole(text) && Number(text) >= 0 : isDigits(text)),
  IP: ({ kind, text }) => kind === "string" && isIP(text) !== 0 && !text.includes("%"),
  TIMESTAMP: ({ kind, text }) => (kind === "number" ? isWhole(text) : isTime(text)),
};

/** Tells whether a value may stand at a cell: of an allowed type, one of the allowed words, what its kind promises. */
export function fitsCell(sample: Sample, cell: Cell): boolean {
  if (!isReadByAll(sample)) return false;
  const read = { kind: readAs(sample, cell) ?? sample.kind, text: sample.text };
  if (!cell.kinds.includes(read.kind)) return false;
  if (read.kind === "number" && cell.integer && !isWhole(read.text)) return false;
  const meant = read.kind === "number" && cell.integer ? { ...read, text: `${BigInt(Number(read.text))}` } : read;
  if (cell.oneOf !== undefined && !(read.kind === "string" && cell.oneOf.includes(read.text))) return false;
  if (cell.oneOf !== undefined && cell.kind === "CODE") return true;
  return RULES[cell.kind]?.(meant) ?? true;
}

/** Every reader reads it: text is Unicode, anywhere inside, and no number fills lines of digits. */
export function isReadByAll({ kind, text }: Sample): boolean {
  if (kind === "string") return isUnicode(text);
  if (/(?<![\w".+-])[-+.\deE]{1001}/.test(text)) return false;
  return kind === "number" || !/\\u[dD][89a-fA-F]/.test(text) || namesAndTexts(JSON.parse(text)).every(isUnicode);
}

/** `encodeURIComponent` throws for half a surrogate pair. */
function isUnicode(text: string): boolean {
  try {
    return encodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}

function namesAndTexts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesAndTexts(inner)]);
}

const IDENTIFIERS: readonly Kind[] = ["SUBJECT_ID", "OBJECT_ID", "SESSION_ID", "EVENT_ID"];

/** The JSON type as which a value of another one is read: identifiers that are numbers, integers that are text. */
export function readAs({ kind, text }: Sample, { kinds, kind: cellKind, integer }: Cell): JsonKind | undefined {
  if (kinds.includes(kind)) return undefined;
  if (kind === "number" && kinds.includes("string") && IDENTIFIERS.includes(cellKind)) return "string";
  return kind === "string" && integer && kinds.includes("number") && isDigits(text.replace(/^-/, ""))
    ? "number"
    : undefined;
}

function isMadeOf(text: string, marks: string, most: number): boolean {
  return (
    text.length > 0 && text.length <= most && [...text].every((letter) => isPlain(letter) || marks.includes(letter))
  );
}

function isPlain(letter: string | undefined): boolean {
  return isLetter(letter) || isDigits(letter ?? "");
}

function isLetter(letter = ""): boolean {
  return (letter >= "a" && letter <= "z") || (letter >= "A" && letter <= "Z");
}

function isDigits(text: string): boolean {
  return text.length > 0 && text.length <= 20 && [...text].every((digit) => digit >= "0" && digit <= "9");
}

/** The proof plants nothing near the bounds of 64 bits, where doubles are coarse. */
function isWhole(text: string): boolean {
  return Number.isInteger(Number(text)) && Math.abs(Number(text)) < 1e19;
}

function isTime(text: string): boolean {
  return text.includes(":") && !Number.isNaN(Date.parse(text)) && /^\d{4}-/.test(text);
}
