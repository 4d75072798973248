import { ConfigError } from "#errors";
import type { Policy } from "#policy";
import { renderExamples } from "../command.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { explainEvent } from "../explain/explain-event.ts";
import { findRows, renderRows } from "../explain/explain-field.ts";
import { explanationData, renderExplanation } from "../explain/render-explanation.ts";
import { readOneEvent } from "../input/read-one-event.ts";
import type { Io } from "../io.ts";
import { chooseProcessors } from "../options/choose-processors.ts";
import { defineCommand } from "../options/define-command.ts";
import { flag, text } from "../options/kinds.ts";
import type { OptionValues } from "../options/option.ts";
import { openPolicy, POLICY_OPTIONS } from "../options/policy-options.ts";
import { PROCESSOR_OPTION, separateOperands } from "../options/processor-option.ts";
import { createPaint } from "../terminal/paint.ts";

const OPTIONS = {
  ...POLICY_OPTIONS,
  ...PROCESSOR_OPTION,
  field: text("--field <path>", "explain this field of every schema instead of an event"),
  reveal: flag("--reveal", "show the values of the event too"),
};
type ExplainOptions = OptionValues<typeof OPTIONS>;

/** `shield explain`: says what each processor sees of an event or a field, and which line of the policy decides it. */
export const explain = defineCommand({
  options: OPTIONS,

  configure(command) {
    command
      .argument("[event]", "a file with one event, <file>:<line>, or - for standard input")
      .addHelpText("after", EXAMPLES);
  },

  async run(given, io) {
    const { options, operands } = separateOperands(given);
    const { field } = options;
    const [event] = operands;
    if ((field === undefined) === (event === undefined))
      throw new ConfigError(
        "expected an event or --field <path>, one of the two: shield explain --help shows examples",
      );
    const policy = await openPolicy(options, io);
    if (policy === undefined) return EXIT_CODES.unusable;
    io.stdout.write(event === undefined ? showField(policy, options, io) : await showEvent(event, policy, options, io));
    return EXIT_CODES.fine;
  },
});

const EXAMPLES = renderExamples([
  ["why each processor sees what it sees of an event", "shield explain event.json"],
  [
    "the third event of a file, for one processor, with its values",
    "shield explain events.ndjson:3 --processor OPENSEARCH --reveal",
  ],
  ["who sees e-mail addresses, in any schema", "shield explain --field data.object.email"],
]);

function showField(policy: Policy, { field = "", processor, json }: ExplainOptions, io: Io): string {
  const processors = chooseProcessors(processor, policy.processors);
  const rows = findRows(field, policy.matrix);
  return json ? `${JSON.stringify(rows)}\n` : renderRows(rows, processors, createPaint(io.stdout, io.env));
}

async function showEvent(operand: string, policy: Policy, options: ExplainOptions, io: Io): Promise<string> {
  const { processor, json, reveal = false } = options;
  const processors = chooseProcessors(processor, policy.processors);
  const explanation = await explainEvent(await readOneEvent(operand, io), policy, processors, io);
  if (json) return `${JSON.stringify(explanationData(explanation, { reveal }))}\n`;
  return renderExplanation(explanation, { reveal, paint: createPaint(io.stdout, io.env) });
}
