import { resolve } from "node:path";
import type { DirectoryFinding } from "#delivery/directory/inspect/finding";
import { nodeFiles } from "#delivery/directory/node-files";
import { nodeProcesses } from "#delivery/directory/node-processes";
import { type Verified, verifyDirectory } from "#delivery/directory/verify-directory";
import { ConfigError } from "#errors";
import { renderExamples } from "../command.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { defineCommand } from "../options/define-command.ts";
import { flag } from "../options/kinds.ts";
import { printable } from "../terminal/printable.ts";
import { formatCount } from "../terminal/progress-words.ts";

/** `shield verify`: compares an output directory with what was written to it. */
export const verify = defineCommand({
  options: { json: flag("--json", "print the findings as JSON") },

  configure(command) {
    command.argument("<dir>", "output directory of shield run").addHelpText("after", `${EXAMPLES}${EXITS}`);
  },

  async run({ operands, options }, io) {
    const [name] = operands;
    if (name === undefined) throw new ConfigError("expected an output directory, got none: shield verify out");
    const directory = resolve(io.cwd, name);
    const verified = await verifyDirectory({ files: nodeFiles, processes: nodeProcesses(), directory });
    io.stdout.write(options.json ? `${JSON.stringify(verified)}\n` : render(verified, name));
    return verified.findings.length === 0 ? EXIT_CODES.fine : EXIT_CODES.findings;
  },
});

const EXAMPLES = renderExamples([
  ["is everything there that was written, and is it what was written", "shield verify out"],
  ["what is lost, for a program", "shield verify out --json"],
]);

const EXITS = `
Exit codes:
  0    every file is as it was written
  1    something is missing, changed or not ours
  2    there is no output, or a run is writing to it
`;

function render({ findings, objects, bytes, deliveries, isClosed }: Verified, name: string): string {
  const facts = `${formatCount(deliveries)} deliveries in ${formatCount(objects)} objects, ${formatCount(bytes)} bytes`;
  const open = isClosed ? "" : "; the last run did not end: the next one goes on from what is safe";
  if (findings.length === 0) return `${printable(name)} is as it was written: ${facts}${open}\n`;
  return `${findings.map(renderFinding).join("")}\n${renderLosses(findings)}${WAY_OUT}`;
}

function renderFinding({ code, message, lost }: DirectoryFinding): string {
  const events = lost === undefined ? "" : `: ${formatCount(lost.events)} events of ${lost.processor}`;
  return `${code}: ${printable(message)}${events}\n`;
}

/** How many deliveries to each processor cannot be relied on. */
function renderLosses(findings: readonly DirectoryFinding[]): string {
  const losses = new Map<string, number>();
  for (const { lost } of findings)
    if (lost !== undefined) losses.set(lost.processor, (losses.get(lost.processor) ?? 0) + lost.events);
  const lines = [...losses].map(([processor, events]) => `${processor} has lost ${formatCount(events)} events\n`);
  return lines.join("");
}

const WAY_OUT = `put the whole directory back from a backup, or run the same input into a new one (--out)\n`;
