import { readView } from "./read-view.ts";
import { replaceSpans, TAKEN, type TextRange } from "./scanner.ts";
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
    text = replaceSpans(text, spans, ({ start, end }) => TAKEN.repeat(end - start));
    if (tag !== undefined) for (const span of spans) findings.push({ tag, ...originOf(view, span) });
  }
  return findings.sort((one, other) => one.start - other.start);
}
