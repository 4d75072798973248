/** Where in a text something stands: from `start` up to, but not including, `end`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Finds one sort of text that is treated as a whole. */
export interface Scanner {
  /** What is written in its place; absent = it stays, and no later scanner sees it. */
  readonly tag?: string;
  readonly summary: string;
  /**
   * Yields spans in order, none inside another, in time that grows with the text's length.
   *
   * The text is as it reads: spellings decoded, digits and dashes plain, invisible characters gone (`readView`). What an
   * earlier scanner found is a run of `TAKEN`.
   */
  find(text: string): Iterable<TextRange>;
}

/** A character that no text has, and that delimits whatever is beside it. */
export const TAKEN = "\uffff";

/** Finds all matches of a global pattern; of one with a group `it`, that group. */
export function* findAll(pattern: RegExp, text: string): Iterable<TextRange> {
  for (const { index, 0: found, groups } of text.matchAll(pattern)) {
    const start = groups?.["it"] === undefined ? index : index + found.lastIndexOf(groups["it"]);
    yield { start, end: start + (groups?.["it"] ?? found).length };
  }
}

/** Finds all matches that pass a test. */
export function findThose(pattern: RegExp, isIt: (found: string) => boolean): Scanner["find"] {
  return function* (text) {
    for (const span of findAll(pattern, text)) if (isIt(text.slice(span.start, span.end))) yield span;
  };
}

/** Writes a text with something else in place of its spans, which come in order; the text itself where there are none. */
export function replaceSpans<Span extends TextRange>(
  text: string,
  spans: Iterable<Span>,
  write: (span: Span) => string,
): string {
  const parts: string[] = [];
  let from = 0;
  for (const span of spans) {
    parts.push(text.slice(from, span.start), write(span));
    from = Math.max(from, span.end);
  }
  return from === 0 ? text : [...parts, text.slice(from)].join("");
}

/** Leaves the signs that end a sentence outside. */
export function trimEnd(text: string, { start, end }: TextRange): TextRange {
  let to = end;
  while (to > start && ".!'’".includes(text.charAt(to - 1))) to--;
  return { start, end: to };
}

/** Tells whether a word was made by a machine: letters and digits, or capitals inside. */
export function isOpaque(word: string): boolean {
  return (/\d/.test(word) && /[A-Za-z]/.test(word)) || /[a-z][A-Z]|[A-Z]{2}[a-z]/.test(word);
}
