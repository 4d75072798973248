import type { Command } from "commander";
import type { CommandModule } from "../command.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { addOptions, type OptionTable, type OptionValues, readOptions } from "./option.ts";

/** What the user wrote: operands in order, and the values of the options. */
export interface ReadCall<Table> {
  readonly operands: readonly string[];
  readonly options: OptionValues<Table>;
}

/** A command by its table of options. */
export interface CommandDefinition<Table> {
  readonly options: Table;
  /** Declares arguments and examples. */
  configure(command: Command): void;
  run(call: ReadCall<Table>, io: Io): Promise<ExitCode>;
}

/** Makes a command whose options are read before it runs. */
export function defineCommand<Table extends OptionTable>(definition: CommandDefinition<Table>): CommandModule {
  return {
    configure(command) {
      addOptions(command, definition.options);
      definition.configure(command);
    },
    run({ operands, options }, io) {
      return definition.run({ operands, options: readOptions(definition.options, options) }, io);
    },
  };
}
