import type { Command } from "commander";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

/** What the table of commands knows of a command without loading it. */
export interface CommandEntry {
  readonly name: string;
  /** One line of `shield --help`. */
  readonly summary: string;
  load(): Promise<CommandModule | CommandGroup>;
}

/** One command: how it is called and what it does. */
export interface CommandModule {
  /** Declares arguments, options and examples. */
  configure(command: Command): void;
  run(call: Call, io: Io): Promise<ExitCode>;
}

/** Commands under one name, such as those of `shield auth0`. */
export interface CommandGroup {
  /** Declares examples. */
  configure(command: Command): void;
  readonly commands: readonly CommandEntry[];
}

/** What the user wrote: operands in order, options by their camel-case name. */
export interface Call {
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** Renders the examples at the end of a command's help: what it does, then how to write it. */
export function renderExamples(examples: readonly (readonly [what: string, line: string])[]): string {
  return `\nExamples:\n${examples.map(([what, line]) => `  # ${what}\n  ${line}\n`).join("\n")}`;
}
