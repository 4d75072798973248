import { readFileSync } from "node:fs";

/** A part of a message that is somebody's, by the tag that stands for it. */
export interface Mark {
  readonly category: string;
  readonly start: number;
  readonly end: number;
}

export interface Message {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** Reads hand-written messages: one a line, parts as `⟦EMAIL:alice@example.com⟧`, invisible characters as `\u{200b}`. */
export function readMessages(): readonly Message[] {
  const lines = readFileSync(new URL("messages.txt", import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line) => readMarked(line.replaceAll("\\u{200b}", "\u200b")));
}

/** Takes the marks out of a text. */
export function readMarked(marked: string): Message {
  const marks: Mark[] = [];
  let text = "";
  for (const part of marked.split(/(⟦[A-Z_]+:[^⟧]*⟧)/)) {
    const [, category, inside] = /^⟦([A-Z_]+):([^⟧]*)⟧$/.exec(part) ?? [];
    if (category !== undefined) marks.push({ category, start: text.length, end: text.length + (inside ?? "").length });
    text += inside ?? part;
  }
  return { text, marks };
}
