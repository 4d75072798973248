import type { SeededChoices } from "./random.ts";

/**
 * Makes a text that fits a pattern of the simple kind: literal characters and classes such as `[a-zA-Z0-9]{22}`.
 *
 * @throws {Error} when the pattern is of another kind
 */
export function makePattern(pattern: string, random: SeededChoices): string {
  const text = [...pattern.matchAll(PART)].map((part) => makePart(part, random)).join("");
  if (new RegExp(pattern, "u").test(text)) return text;
  throw new Error(`expected a pattern of literals and classes, got ${pattern}`);
}

/** A class with how often it may occur, an anchor, or any other character. */
const PART = /\[(?<members>[^\]]+)\](?:\{(?<min>\d+)(?:,(?<max>\d+))?\})?|(?<anchor>[\^$])|(?<literal>.)/gu;

function makePart({ groups = {} }: RegExpMatchArray, random: SeededChoices): string {
  const { members, min, max, literal = "" } = groups;
  if (members === undefined) return literal;
  const least = Number(min ?? 1);
  return random.text(listMembers(members), least + random.int(Number(max ?? least) - least + 1));
}

function listMembers(members: string): string {
  return members.replace(/(.)-(.)/gu, (_, first: string, last: string) => {
    const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)];
    return Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index)).join("");
  });
}
