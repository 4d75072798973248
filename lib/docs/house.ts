import { readFileSync } from "node:fs";
import { ROOMS } from "./boundaries.ts";
import { code, table } from "./markdown.ts";

const README = new URL("../README.md", import.meta.url);
const BEGIN = "<!-- rooms: written by `npm run docs` -->";
const END = "<!-- end of rooms -->";

/** Renders lib/README.md: as it is, with the table of rooms between its marks. */
export function renderHouse(): string {
  const [before, rest] = divide(readFileSync(README, "utf8"), BEGIN);
  const [, after] = divide(rest, END);
  return `${before}${BEGIN}\n${renderRooms()}\n${END}${after}`;
}

function divide(text: string, mark: string): readonly [before: string, after: string] {
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`expected ${mark} in lib/README.md, got none: put the mark back`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function renderRooms(): string {
  return table(
    ["room", "what lives there", "may import"],
    Object.entries(ROOMS).map(([name, { holds, imports }]) => [
      code(`${name}/`),
      holds,
      imports.join(", ") || "nothing",
    ]),
  );
}
