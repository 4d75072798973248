import { ConfigError } from "#errors";
import type { Policy } from "#policy";
import { type Call, type CommandModule, renderExamples } from "../command.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { explainEvent } from "../explain/explain-event.ts";
import { findRows, renderRows } from "../explain/explain-field.ts";
import { explanationData, renderExplanation } from "../explain/render-explanation.ts";
import { readOneEvent } from "../input/read-one-event.ts";
import type { Io } from "../io.ts";
import { chooseProcessors } from "../options/choose-processors.ts";
import { addPolicyOptions, openPolicy, type PolicyCommandOptions } from "../options/policy-options.ts";
import { addProcessorOption, separateOperands } from "../options/processor-option.ts";
import { createPaint } from "../terminal/paint.ts";

interface ExplainOptions extends PolicyCommandOptions {
  readonly field?: string;
  readonly processor?: readonly string[];
  readonly reveal?: boolean;
}

/** `shield explain`: says what each processor sees of an event or a field, and which line of the policy decides it. */
export const explain: CommandModule = {
  configure(command) {
    command.argument("[event]", "a file with one event, <file>:<line>, or - for standard input");
    addProcessorOption(addPolicyOptions(command))
      .option("--field <path>", "explain this field of every schema instead of an event")
      .option("--reveal", "show the values of the event too")
      .addHelpText("after", EXAMPLES);
  },

  async run(given, io) {
    const call = separateOperands(given);
    const { field } = call.options as ExplainOptions;
    const [event] = call.operands;
    if ((field === undefined) === (event === undefined))
      throw new ConfigError(
        "expected an event or --field <path>, one of the two: shield explain --help shows examples",
      );
    const policy = await openPolicy(call.options, io);
    if (policy === undefined) return EXIT_CODES.unusable;
    io.stdout.write(event === undefined ? showField(policy, call.options, io) : await showEvent(policy, call, io));
    return EXIT_CODES.fine;
  },
};

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

async function showEvent(policy: Policy, { operands: [operand = ""], options }: Call, io: Io): Promise<string> {
  const { processor, json, reveal = false }: ExplainOptions = options;
  const processors = chooseProcessors(processor, policy.processors);
  const explanation = await explainEvent(await readOneEvent(operand, io), policy, processors, io);
  if (json) return `${JSON.stringify(explanationData(explanation, { reveal }))}\n`;
  return renderExplanation(explanation, { reveal, paint: createPaint(io.stdout, io.env) });
}
