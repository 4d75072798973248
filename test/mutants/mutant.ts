/** A bug planted in the text of one file, and the tests one of which must fail then. */
export interface Mutant {
  /** What the code does wrongly then, as in "the enforcer …". */
  readonly name: string;
  /** What it is an example of; `npm test` plants the first of each kind. */
  readonly kind: MutantKind;
  /** From the root of the project. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Test files, from the root of the project. */
  readonly tests: readonly string[];
}

export const MUTANT_KINDS = ["claim", "answer", "order", "isolation", "time", "limit", "count"] as const;
export type MutantKind = (typeof MUTANT_KINDS)[number];

/**
 * Plants the bug in the text of its file.
 *
 * @throws {RangeError} when the text to change is not there exactly once: the mutant is to be brought up to date
 */
export function plant({ name, file, find, replace }: Mutant, text: string): string {
  const parts = text.split(find);
  if (parts.length === 2) return parts.join(replace);
  throw new RangeError(
    `expected the text of "${name}" once in ${file}, got it ${parts.length - 1} times: bring it up to date`,
  );
}
