import { RE2JS, RE2JSSyntaxException } from "re2js";
import type { Patterns } from "./patterns.ts";

/** What matching takes for each character of a text is at most as much as there are steps in the pattern's program. */
const MAX_STEPS = 1_000;
const MAX_LENGTH = 1_000;

/** Patterns by RE2: without backtracking, whatever the pattern. Imported by itself, so that only its users load it. */
export const re2: Patterns = {
  compile(pattern) {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.testExact(text);
  },
};

/** Finds what is wrong with a pattern; undefined = nothing. Returns what was found instead of a pattern. */
export function findPatternFault(pattern: string): string | undefined {
  if (pattern.length > MAX_LENGTH) return `${pattern.length} characters, more than ${MAX_LENGTH}`;
  try {
    const steps = RE2JS.compile(pattern).programSize();
    return steps > MAX_STEPS ? `one of ${steps} steps, more than ${MAX_STEPS}` : undefined;
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return `${error.getDescription()}: ${error.getPattern() ?? pattern}`;
    throw error;
  }
}
