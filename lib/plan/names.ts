/** What a name may look like, and how a message says so. */
export interface NameRule {
  readonly expected: string;
  readonly pattern: RegExp;
}

/**
 * The name of a processor: upper-case words joined by single underscores.
 *
 * Folders, object keys, indexes, ledger keys and AWS resources are named after processor and generation; some of them in
 * lower case, with a hyphen for each underscore. No two processors end in one name.
 */
export const PROCESSOR_NAME: NameRule = {
  expected: "the name of a processor: upper-case letters and digits in words joined by _",
  pattern: /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/,
};

/**
 * The name of a generation. It holds no separator, so whatever stands before it in a name, it ends where it ends; and it
 * is short, so that names built from it stay within every limit.
 */
export const GENERATION: NameRule = {
  expected: "a generation of 1 to 16 lower-case letters and digits",
  pattern: /^[a-z0-9]{1,16}$/,
};

/** The generation of a processor that names none. */
export const FIRST_GENERATION = "g1";
