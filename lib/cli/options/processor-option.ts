import type { Command } from "commander";
import { PROCESSOR_NAME } from "#plan";
import type { Call } from "../command.ts";

/** Declares `--processor`. */
export function addProcessorOption(command: Command): Command {
  return command.option("--processor <name...>", "only these processors");
}

/**
 * Takes operands out of the names of `--processor`: the option ends where something follows that is no processor's name,
 * so that `--processor ARCHIVE events/` reads the folder.
 */
export function separateOperands({ operands, options }: Call): Call {
  const { processor: words } = options as { processor?: readonly string[] };
  if (words === undefined) return { operands, options };
  const end = words.findIndex((word, index) => index > 0 && !PROCESSOR_NAME.pattern.test(word));
  if (end === -1) return { operands, options };
  return { operands: [...operands, ...words.slice(end)], options: { ...options, processor: words.slice(0, end) } };
}
