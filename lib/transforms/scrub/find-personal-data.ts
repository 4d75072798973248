import { readView } from "./read-view.ts";
import { TAKEN, type TextRange } from "./scanner.ts";
import { SCANNERS } from "./scanners.ts";
import { originOf } from "./view.ts";

/** A place in a text, and what is written there instead. */
export interface Finding extends TextRange {
  readonly tag: string;
}

/** Finds everything that looks like personal data in a text, in order; time grows with the text's length. */
export function findPersonalData(written: string): readonly Finding[] {
  const view = readView(written);
  const findings: Finding[] = [];
  let text = view.text;
  for (const { tag, find } of SCANNERS) {
    const spans = [...find(text)];
    text = take(text, spans);
    if (tag !== undefined) for (const span of spans) findings.push({ tag, ...originOf(view, span) });
  }
  return findings.sort((one, other) => one.start - other.start);
}

function take(text: string, spans: readonly TextRange[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(from, start), TAKEN.repeat(end - start));
    from = end;
  }
  return from === 0 ? text : [...parts, text.slice(from)].join("");
}
