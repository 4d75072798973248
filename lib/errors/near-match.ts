/** Words the candidate that was most likely meant; undefined where none is near. */
export function suggest(given: string | undefined, candidates: readonly string[]): string | undefined {
  const near = given === undefined ? undefined : findNearMatch(given, candidates);
  return near === undefined ? undefined : `did you mean ${near}?`;
}

/** Finds the candidate that was most likely meant: the one with the fewest edits, if they are few for its length. */
export function findNearMatch(given: string, candidates: readonly string[]): string | undefined {
  const wanted = given.toLowerCase();
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: countEdits(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best !== undefined && best.edits <= Math.max(1, best.candidate.length / 3) ? best.candidate : undefined;
}

/** Counts the insertions, deletions and substitutions that turn `from` into `to` (Levenshtein). */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (character === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
