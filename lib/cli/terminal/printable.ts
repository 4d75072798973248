import { escapeUnit } from "#json";

/** What moves a terminal's cursor, colours it, turns text around or cannot be seen: controls, formats, separators, lone surrogates. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Writes text that somebody else chose so that a terminal only shows it: escapes stand for what is no visible character. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escapeUnits);
}

/** Does so line by line. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** Writes JSON that a terminal only shows. The escapes are those of JSON: programs read the same. */
export function printableJson(value: unknown): string {
  return printable(JSON.stringify(value));
}

function escapeUnits(character: string): string {
  return character.split("").map(escapeUnit).join("");
}
