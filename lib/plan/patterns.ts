/** Tells whether the whole of a text fits a pattern. */
export type Matcher = (text: string) => boolean;

/** Makes matchers of the patterns that a policy's authors write; matching takes time that grows with the text's length. */
export interface Patterns {
  /** @throws when the pattern has a fault; the compiler says so earlier */
  compile(pattern: string): Matcher;
}
