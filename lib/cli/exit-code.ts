/** What a command's exit code says. */
export const EXIT_CODES = {
  fine: 0,
  /** It did its work and found something to look at: a breach, a rejected event, a malformed record. */
  findings: 1,
  /** It could not do its work: wrong usage, a file that cannot be read or written, a policy that does not compile. */
  unusable: 2,
  /** The user stopped it (128 + SIGINT). */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];
