import type { Policy } from "#policy";
import { renderExamples } from "../command.ts";
import { EXIT_CODES } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { renderEveryCell, renderExceptions } from "../matrix/matrix.ts";
import { defineCommand } from "../options/define-command.ts";
import { flag } from "../options/kinds.ts";
import type { OptionValues } from "../options/option.ts";
import { openPolicy, POLICY_OPTIONS } from "../options/policy-options.ts";
import { createPaint } from "../terminal/paint.ts";

const OPTIONS = {
  ...POLICY_OPTIONS,
  matrix: flag("--matrix", "show who sees what, as exceptions to the defaults"),
  all: flag("--all", "with --matrix: every field and every processor"),
};
type CheckOptions = OptionValues<typeof OPTIONS>;

/** `shield check`: compiles the policy; exit code 1 when it breaks a rule. */
export const check = defineCommand({
  options: OPTIONS,

  configure(command) {
    command.addHelpText("after", EXAMPLES);
  },

  async run({ options }, io) {
    const policy = await openPolicy(options, io);
    if (policy === undefined) return EXIT_CODES.findings;
    io.stdout.write(render(policy, options, io));
    return EXIT_CODES.fine;
  },
});

const EXAMPLES = renderExamples([
  ["name every breach of the shipped policy", "shield check"],
  ["check your own policy, as it holds in one Space", "shield check --policies policies --space eu-prod"],
  ["who sees more or less than the defaults say", "shield check --matrix"],
  ["the whole matrix, for a program", "shield check --matrix --json"],
]);

function render(policy: Policy, { matrix, all, json }: CheckOptions, io: Io): string {
  if (json) return `${JSON.stringify(matrix ? policy.matrix : { ok: true, ...summarize(policy) })}\n`;
  if (!matrix) return renderSummary(policy);
  return (all ? renderEveryCell : renderExceptions)(policy, createPaint(io.stdout, io.env));
}

function renderSummary(policy: Policy): string {
  const { policy: hash, space, processors, schemas, fields } = summarize(policy);
  return `policy ${hash.slice(0, 12)} holds for Space ${space}: ${fields} fields of ${schemas} schemas, each decided for ${processors} processors\n`;
}

function summarize({ hash, space, processors, matrix }: Policy) {
  const schemas = new Set(matrix.map(({ schema }) => schema)).size;
  return { policy: hash, space: space.name, processors: processors.length, schemas, fields: matrix.length };
}
