import type { Command } from "commander";

/** One option of a command: how it is written and explained, and what becomes of what the user wrote. */
export interface OptionSpec<Value> {
  /** As the help shows it: `--out <dir>`. */
  readonly flags: string;
  readonly help: string;
  /** What holds where the user leaves the option out. */
  readonly standard?: string | readonly string[];
  /** The command cannot do without it. */
  readonly isRequired?: boolean;
  /**
   * Reads what was written: a text, texts, `true` where the option stands alone, `undefined` where it is left out.
   *
   * @throws {ConfigError} when that is no value of it
   */
  read(given: unknown): Value;
}

/** Options by their camel-case name. */
export type OptionTable = Readonly<Record<string, OptionSpec<unknown>>>;

type ValueOf<Spec> = Spec extends OptionSpec<infer Value> ? Value : never;
type OptionalNames<Table> = {
  [Name in keyof Table]: undefined extends ValueOf<Table[Name]> ? Name : never;
}[keyof Table];

/** What a command is given: a value for each option; those that may be left out may be absent. */
export type OptionValues<Table> = {
  readonly [Name in Exclude<keyof Table, OptionalNames<Table>>]: ValueOf<Table[Name]>;
} & {
  readonly [Name in OptionalNames<Table>]?: Exclude<ValueOf<Table[Name]>, undefined>;
};

/** Declares the options of a table. */
export function addOptions(command: Command, table: OptionTable): void {
  for (const [name, { flags, help, standard, isRequired = false }] of Object.entries(table)) {
    const option = command.createOption(flags, help).makeOptionMandatory(isRequired);
    if (option.attributeName() !== name) throw new TypeError(`expected the flags of ${name}, got ${flags}`);
    command.addOption(standard === undefined ? option : option.default(standard));
  }
}

/** Reads what the user wrote for each option of a table. */
export function readOptions<Table extends OptionTable>(
  table: Table,
  given: Readonly<Record<string, unknown>>,
): OptionValues<Table> {
  const values = Object.entries(table).map(([name, spec]) => [name, spec.read(given[name])]);
  // The types of a table's entries are lost on the way through `Object.entries`.
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as OptionValues<Table>;
}
