import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigError } from "#errors";
import { type Channel, FILES_CHANNEL } from "#feeds";
import { renderExamples } from "../command.ts";
import { EXIT_CODES, type ExitCode } from "../exit-code.ts";
import { openInputs } from "../input/index.ts";
import type { Io } from "../io.ts";
import { openKeys } from "../keys/open-keys.ts";
import { choosePlans } from "../options/choose-plans.ts";
import { defineCommand } from "../options/define-command.ts";
import { requiredText, text } from "../options/kinds.ts";
import type { OptionValues } from "../options/option.ts";
import { openPlans, POLICY_OPTIONS } from "../options/policy-options.ts";
import { PROCESSOR_OPTION, separateOperands } from "../options/processor-option.ts";
import { type Enforced, enforceInputs } from "../run/enforce-inputs.ts";
import { openOutput } from "../run/open-output.ts";
import { renderSummary } from "../run/summary.ts";

const OPTIONS = {
  out: requiredText("--out <dir>", "folder to write to; running again continues it and repeats nothing"),
  ...POLICY_OPTIONS,
  ...PROCESSOR_OPTION,
  generation: text("--generation <name>", "build the output anew under this name, beside the old one"),
  tenant: text("--tenant <name>", "tenant of the Auth0 events that do not name theirs, such as older logs"),
  keys: text("--keys <file>", "key file (default: $SHIELD_KEYS, else ~/.config/event-shield/keys, made when missing)"),
};
type RunOptions = OptionValues<typeof OPTIONS>;

/** `shield run`: takes files of events through the policy and writes one output per processor. */
export const run = defineCommand({
  options: OPTIONS,

  configure(command) {
    command
      .argument(
        "[inputs...]",
        "files, folders (what in them is JSON, gzip or not, is read, the rest named), or - for standard input",
      )
      .addHelpText("after", `${EXAMPLES}${EXITS}`);
  },

  async run(call, io) {
    const { operands, options } = separateOperands(call);
    checkOperands(operands, io);
    const channel = channelOf(options);
    const policy = await openPlans(options, io);
    if (policy === undefined) return EXIT_CODES.unusable;
    const plans = choosePlans(policy, options);
    const directory = resolve(io.cwd, options.out);
    const inputs = await openInputs(operands, { cwd: io.cwd, stdin: io.stdin, skip: directory });
    const output = await openOutput({ directory, plans, policy, keys: openKeys(options, io) }, io);
    try {
      const enforced = await enforceInputs(inputs, output, io, channel);
      await output.publish();
      await output.records.end(enforced.report);
      return conclude(enforced, options, io);
    } finally {
      await output.close();
    }
  },
});

function channelOf({ tenant }: RunOptions): Channel {
  if (tenant === undefined) return FILES_CHANNEL;
  if (tenant.trim() === "") throw new ConfigError("expected the name of a tenant, got none: --tenant acme");
  return { ...FILES_CHANNEL, unnamedTenant: tenant };
}

const EXAMPLES = renderExamples([
  ["what each processor of the shipped policy sees of a folder of events", "shield run events/ --out out"],
  [
    "events from a pipe, under your own policy, for one processor",
    "gunzip -c day.gz | shield run - --policies policies --out out --processor WAREHOUSE",
  ],
  [
    "after the policy has changed: the output of the new one beside the old",
    "shield run events/ --out out --generation g2",
  ],
]);

const EXITS = `
Exit codes:
  0    every event is accounted for, none was refused
  1    some records are no events, or were rejected: they are sealed in <dir>/quarantine and
       named in <dir>/runs/<n>/rejected.ndjson; or something in a folder was not read
  2    something could not be read or written, or the policy does not compile
  130  stopped: the same command again goes on
`;

/** A single file that is missing is told among the others; where there is nothing at all, nothing is begun. */
function checkOperands(operands: readonly string[], { cwd }: Io): void {
  if (operands.length === 0)
    throw new ConfigError("expected files, folders or - to read events from, got none: shield run events/ --out out");
  if (operands.every((operand) => operand !== "-" && !existsSync(resolve(cwd, operand))))
    throw new ConfigError(`expected files or folders to read events from, got nothing at ${operands.join(", ")}`);
}

function conclude({ report, problems, isComplete }: Enforced, { out, json }: RunOptions, io: Io): ExitCode {
  io.stdout.write(json ? `${JSON.stringify(report)}\n` : renderSummary(report, out));
  if (!isComplete) {
    io.stderr.write(`stopped after ${report.events} events: the same command again goes on\n`);
    return EXIT_CODES.interrupted;
  }
  const counts = Object.values(report.processors);
  if (problems > 0 || counts.some(({ undelivered }) => undelivered !== undefined)) return EXIT_CODES.unusable;
  const isRefused =
    report.malformed > 0 || report.unread > 0 || counts.some(({ rejected }) => Object.keys(rejected).length > 0);
  return isRefused ? EXIT_CODES.findings : EXIT_CODES.fine;
}
