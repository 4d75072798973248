import { resolve } from "node:path";
import { compactDirectory } from "#delivery/directory/compact/compact-directory";
import { nodeFiles } from "#delivery/directory/node-files";
import { nodeProcesses } from "#delivery/directory/node-processes";
import { ConfigError } from "#errors";
import { renderExamples } from "../command.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { defineCommand } from "../options/define-command.ts";
import { flag } from "../options/kinds.ts";
import { printable } from "../terminal/printable.ts";
import { createProgress } from "../terminal/progress.ts";
import { formatCount } from "../terminal/progress-words.ts";

/** `shield compact`: merges old partitions of lakes into few files. */
export const compact = defineCommand({
  options: { json: flag("--json", "print the counts as JSON") },

  configure(command) {
    command.argument("<dir>", "output directory of shield run").addHelpText("after", `${EXAMPLES}${NOTES}`);
  },

  async run({ operands, options }, io) {
    const [name] = operands;
    if (name === undefined) throw new ConfigError("expected an output directory, got none: shield compact out");
    const progress = createProgress(io);
    const total = await compactDirectory({
      files: nodeFiles,
      processes: nodeProcesses(),
      directory: resolve(io.cwd, name),
      nowMs: io.nowMs(),
      onMerged: ({ replaced }) => progress.show(`${formatCount(replaced)} files merged`),
    });
    progress.clear();
    const { replaced, merged } = total;
    const words =
      merged === 0
        ? `${printable(name)} has nothing to merge`
        : `${formatCount(replaced)} files of ${printable(name)} became ${formatCount(merged)}`;
    io.stdout.write(options.json ? `${JSON.stringify(total)}\n` : `${words}\n`);
    return EXIT_CODES.fine;
  },
});

const EXAMPLES = renderExamples([
  ["after many small runs: few files for each hour that is long over", "shield compact out"],
  ["how many files became how many, for a program", "shield compact out --json"],
]);

const NOTES = `
Partitions of Parquet and JSON lines whose hour ended more than 37 days ago are merged, Parquet sorted by
event type; Avro stays as it is. While it goes on, and after it died until the next run, rows can be there twice.

Exit codes:
  0    everything old is merged
  2    there is no output, it is damaged, or a run is writing to it
`;
