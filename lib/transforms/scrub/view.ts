import type { TextRange } from "./scanner.ts";

/** A text as it reads, with where each of its characters stands in the text as it is written. */
export interface View {
  readonly text: string;
  /** For each UTF-16 unit of `text`; absent = both texts are one. */
  readonly origins?: Origins;
}

export interface Origins {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Where a span of a view stands in the text as it is written. */
export function originOf({ origins }: View, { start, end }: TextRange): TextRange {
  if (origins === undefined) return { start, end };
  return { start: origins.starts[start] ?? 0, end: origins.ends[end - 1] ?? 0 };
}

/** Writes a view piece by piece. */
export interface ViewWriter {
  /** Adds what a span of the former view reads as. */
  add(text: string, from: TextRange): void;
  view(): View;
}

export function createViewWriter(former: View): ViewWriter {
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  return {
    add(text, from) {
      const origin = originOf(former, from);
      parts.push(text);
      for (let unit = 0; unit < text.length; unit++) {
        starts.push(origin.start);
        ends.push(origin.end);
      }
    },
    view: () => ({ text: parts.join(""), origins: { starts, ends } }),
  };
}

/** Replaces all matches of a global pattern in a view; undefined leaves a match as it is. */
export function replaceInView(view: View, pattern: RegExp, read: (found: string) => string | undefined): View {
  const writer = createViewWriter(view);
  let from = 0;
  const copy = (to: number) => {
    for (; from < to; from++) writer.add(view.text.charAt(from), { start: from, end: from + 1 });
  };
  for (const { index, 0: found } of view.text.matchAll(pattern)) {
    const text = read(found);
    if (text === undefined) continue;
    copy(index);
    from = index + found.length;
    writer.add(text, { start: index, end: from });
  }
  if (from === 0) return view;
  copy(view.text.length);
  return writer.view();
}
