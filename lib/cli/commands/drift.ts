import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isGenerated } from "#auth0";
import { type DriftFindings, hasDrift, proposeFields } from "#drift";
import { ConfigError } from "#errors";
import { renderExamples } from "../command.ts";
import { driftOfEvents, driftOfReport, findReport } from "../drift/find-drift.ts";
import { renderDrift } from "../drift/render-drift.ts";
import { type FileFacts, renderProposals } from "../drift/render-proposals.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { installedPoliciesDir } from "../installation.ts";
import type { Io } from "../io.ts";
import { defineCommand } from "../options/define-command.ts";
import { flag, text } from "../options/kinds.ts";
import type { OptionValues } from "../options/option.ts";
import { POLICY_OPTIONS } from "../options/policy-options.ts";
import { choosePolicy } from "../policy/load-policy.ts";
import { printableJson } from "../terminal/printable.ts";

const OPTIONS = {
  propose: flag("--propose", "print what to write into which policy file, instead of the list"),
  reveal: text("--reveal <events>", "show hidden names too: the file or folder of events that the report was made of"),
  keys: text("--keys <file>", "with --reveal: the key file of the run (default: as for shield run)"),
  ...POLICY_OPTIONS,
};
type DriftOptions = OptionValues<typeof OPTIONS>;

/** `shield drift`: lists what events hold and no schema declares, and proposes what to declare. */
export const drift = defineCommand({
  options: OPTIONS,

  configure(command) {
    command
      .argument(
        "<events or report...>",
        "files or folders of events, -, or the folder of shield run (all its runs), or a report.json",
      )
      .addHelpText("after", `${EXAMPLES}${EXITS}`);
  },

  async run({ operands, options }, io) {
    const report = findReport(operands, io);
    if (report === undefined && options.reveal !== undefined)
      throw new ConfigError("expected a report before --reveal, got events: leave it out, all their names are shown");
    const findings = await (report ? driftOfReport(report, options, io) : driftOfEvents(operands, options, io));
    io.stdout.write(await render(findings, options, io));
    return hasDrift(findings) ? EXIT_CODES.findings : EXIT_CODES.fine;
  },
});

const EXAMPLES = renderExamples([
  ["what events hold that no schema declares, with every name", "shield drift events/"],
  ["what the events of all runs held, without names that could be data", "shield drift out"],
  ["what to write into which file to declare it", "shield drift out --propose"],
  ["the names that a report hides, on the machine that has the events", "shield drift out --reveal events/"],
]);

const EXITS = `
Exit codes:
  0    schemas declare everything
  1    there is drift
  2    an input cannot be read, or the report has no drift to show
`;

async function render(findings: DriftFindings, options: DriftOptions, io: Io): Promise<string> {
  const { propose, json } = options;
  if (!propose) return json ? `${printableJson({ drift: hasDrift(findings), ...findings })}\n` : renderDrift(findings);
  const { openDeclarations } = await import("../policy/open-declarations.ts");
  const proposals = proposeFields(findings.fields, await openDeclarations(options, io));
  if (json) return `${printableJson({ drift: hasDrift(findings), ...findings, proposals })}\n`;
  return renderProposals({ types: findings.types, fields: proposals, factsOf: (file) => readFacts(file, options, io) });
}

function readFacts(file: string, options: DriftOptions, io: Io): FileFacts {
  const own = join(choosePolicy(options, io).policiesDir, file);
  const shipped = join(installedPoliciesDir(io.install), file);
  const isShipped = !existsSync(own);
  return { isGenerated: isGenerated(readFileSync(isShipped ? shipped : own, "utf8")), isShipped };
}
