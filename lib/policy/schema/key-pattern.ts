/**
 * Finds what is wrong with a pattern for the keys of a map; keys are data, so matching must take linear time.
 *
 * Without groups that repeat, references and look-around, and with at most one repetition without bound, every attempt
 * to match passes a key a bounded number of times.
 *
 * @returns what was found instead of a linear pattern
 */
export function findPatternFault(pattern: string): string | undefined {
  if (!isRegExp(pattern)) return "no regular expression";
  // Escapes and classes are single characters to the questions below.
  const atoms = pattern
    .replace(/\\[1-9k]/g, "(?=")
    .replace(/\\./g, "x")
    .replace(/\[[^\]]*\]/g, "x");
  if (/\(\?(?!:)/.test(atoms)) return "a reference or look-around";
  if (/\)[*+?{]/.test(atoms)) return "a group that repeats";
  if ((atoms.match(/[*+]|\{\d+,\}/g) ?? []).length > 1) return "several repetitions without bound";
  return undefined;
}

function isRegExp(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
