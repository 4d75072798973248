import { Command, CommanderError } from "commander";
import { ConfigError } from "#errors";
import type { Call, CommandEntry } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { EXIT_CODES, type ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { reportFailure } from "./terminal/report-failure.ts";

/** Runs one command line (without `node` and the script) and returns its exit code. Never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT_CODES.fine;
    if (error instanceof CommanderError && error.code === SHOWED_HELP) return EXIT_CODES.unusable;
    reportFailure(error instanceof CommanderError ? explainUsage(error) : error, { io, json: argv.includes("--json") });
    return EXIT_CODES.unusable;
  }
}

/** Commander's code where it showed the help of a group instead of a command that was not named. */
const SHOWED_HELP = "commander.help";

async function dispatch(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT_CODES.unusable;
  const program = createProgram(io);
  const addAll = async (parent: Command, entries: readonly CommandEntry[]): Promise<void> => {
    for (const entry of entries) {
      const command = parent.command(entry.name).summary(entry.summary).description(describe(entry));
      if (!mentions(argv, entry)) continue;
      const loaded = await entry.load();
      loaded.configure(command);
      if ("commands" in loaded) await addAll(command, loaded.commands);
      else {
        command.action(async () => {
          exitCode = await loaded.run(callOf(command), io);
        });
      }
    }
  };
  await addAll(program, COMMANDS);
  if (argv.length === 0) {
    io.stderr.write(program.helpInformation());
    return exitCode;
  }
  await program.parseAsync([...argv], { from: "user" });
  return exitCode;
}

function createProgram(io: Io): Command {
  return new Command("shield")
    .description("One policy, written next to the schema, decides what of every event each consumer may see.")
    .version(io.install.version)
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => undefined,
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
    })
    .exitOverride();
}

/** Only commands that stand where a command can stand are loaded: first, or after `help` and the name of a group. */
function mentions(argv: readonly string[], { name }: CommandEntry): boolean {
  return argv.slice(0, 3).includes(name);
}

function callOf(command: Command): Call {
  return { operands: command.args, options: command.opts() };
}

function describe({ summary }: CommandEntry): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

/** Commander says `error: unknown option '--polices'`, and on a line of its own what may have been meant. */
function explainUsage({ message }: CommanderError): ConfigError {
  const [problem = "", hint] = message.replace(/^error: /, "").split("\n");
  return new ConfigError(`${problem}${hint === undefined ? "" : ` ${hint}`}; shield --help lists commands and options`);
}
