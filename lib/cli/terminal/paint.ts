import type { Io, TextOutput } from "../io.ts";

/** Marks text for a reader on a terminal; returns it unchanged elsewhere. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

/** Select Graphic Rendition codes (ECMA-48 8.3.117): the one that begins a mark and the one that ends it. */
const MARKS = { bold: [1, 22], dim: [2, 22], red: [31, 39], yellow: [33, 39], cyan: [36, 39] } as const;

/** Colours only what a terminal shows, and not where `NO_COLOR` is set (https://no-color.org, read 2025-11-22). */
export function createPaint(output: TextOutput, env: Io["env"]): Paint {
  const coloured = output.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  const mark = (name: keyof typeof MARKS) => (text: string) =>
    coloured ? `\u001b[${MARKS[name][0]}m${text}\u001b[${MARKS[name][1]}m` : text;
  return { bold: mark("bold"), dim: mark("dim"), red: mark("red"), yellow: mark("yellow"), cyan: mark("cyan") };
}
