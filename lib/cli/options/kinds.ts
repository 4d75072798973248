import { ConfigError } from "#errors";
import type { OptionSpec } from "./option.ts";

/** An option that stands alone. */
export function flag(flags: string, help: string): OptionSpec<true | undefined> {
  return { flags, help, read: (given) => (given === true ? true : undefined) };
}

/** An option with a text, which may be left out. */
export function text(flags: string, help: string): OptionSpec<string | undefined> {
  return { flags, help, read: (given) => (typeof given === "string" ? given : undefined) };
}

/** An option with a text, without which the command does nothing. */
export function requiredText(flags: string, help: string): OptionSpec<string> {
  return { flags, help, isRequired: true, read: String };
}

/** An option with several texts, which may be left out. */
export function texts(flags: string, help: string): OptionSpec<readonly string[] | undefined> {
  return { flags, help, read: (given) => (Array.isArray(given) ? given.map(String) : undefined) };
}

/** An option whose text is one of a few. */
export function oneOf<Name extends string>(
  names: readonly Name[],
  { flags, help, standard }: { readonly flags: string; readonly help: string; readonly standard: Name },
): OptionSpec<Name> {
  const read = (given: unknown) => {
    const found = names.find((name) => name === given);
    if (found !== undefined) return found;
    throw new ConfigError(`expected ${names.join(", ")} after ${nameOf(flags)}, got ${JSON.stringify(given)}`);
  };
  return { flags, help, standard, read };
}

/** Which numbers an option takes. */
export interface NumberRange {
  /** In words, after `expected`. */
  readonly what: string;
  readonly pattern: RegExp;
  readonly most: number;
}

/** Reads what was written after an option as a number. */
export function readNumber(flags: string, given: unknown, { what, pattern, most }: NumberRange): number {
  const number = typeof given === "string" && pattern.test(given) ? Number(given) : Number.NaN;
  if (number <= most) return number;
  throw new ConfigError(`expected ${what} after ${nameOf(flags)}, got ${JSON.stringify(given)}`);
}

function nameOf(flags: string): string {
  return flags.split(" ")[0] ?? flags;
}
