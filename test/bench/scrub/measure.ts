import { findPersonalData } from "../../../lib/transforms/scrub/find-personal-data.ts";
import type { Mark, Message } from "./read-messages.ts";

/** What was found of one category, in spans. */
export interface Score {
  readonly marked: number;
  /** Marked spans of which nothing stayed. */
  readonly hidden: number;
  readonly found: number;
  /** Found spans that took nothing from what is not marked. */
  readonly exact: number;
}

/** Scores each category over messages. A span that is found belongs to the mark it touches, else to its tag. */
export function measure(messages: readonly Message[]): ReadonlyMap<string, Score> {
  const scores = new Map<string, Score>();
  for (const { category, ...score } of messages.flatMap(judge)) {
    const sum = scores.get(category) ?? { marked: 0, hidden: 0, found: 0, exact: 0 };
    scores.set(category, {
      marked: sum.marked + score.marked,
      hidden: sum.hidden + score.hidden,
      found: sum.found + score.found,
      exact: sum.exact + score.exact,
    });
  }
  return new Map([...scores].sort());
}

export interface Judged extends Score {
  readonly category: string;
}

/** Judges every mark and every find of one message. */
export function judge({ text, marks }: Message): readonly Judged[] {
  const finds = findPersonalData(text);
  const ofMarks = marks.map((mark) => ({
    category: mark.category,
    marked: 1,
    hidden: Number(isHidden(mark, finds)),
    found: 0,
    exact: 0,
  }));
  const ofFinds = finds.map((find) => {
    const mark = marks.find(({ start, end }) => start < find.end && find.start < end);
    const isExact = mark !== undefined && mark.start <= find.start && find.end <= mark.end;
    const category = mark?.category ?? find.tag.slice(1, -1);
    return { category, marked: 0, hidden: 0, found: 1, exact: Number(isExact) };
  });
  return [...ofMarks, ...ofFinds];
}

function isHidden({ start, end }: Mark, finds: readonly { readonly start: number; readonly end: number }[]): boolean {
  let at = start;
  for (const find of finds) if (find.start <= at && find.end > at) at = find.end;
  return at >= end;
}
