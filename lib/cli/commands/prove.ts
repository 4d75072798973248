import { ConfigError } from "#errors";
import type { Policy } from "#policy";
import {
  holds,
  type Parts,
  type ProofOptions,
  type ProofProgress,
  type ProofResult,
  proveRounds as proveAll,
} from "#proof";
import { type CommandModule, renderExamples } from "../command.ts";
import { EXIT_CODES } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { defineCommand } from "../options/define-command.ts";
import { flag } from "../options/kinds.ts";
import { openPolicy, POLICY_OPTIONS } from "../options/policy-options.ts";
import { PROOF_PARTS } from "../prove/proof-parts.ts";
import { renderProof } from "../prove/render-proof.ts";
import { createProgress } from "../terminal/progress.ts";
import { formatCount } from "../terminal/progress-words.ts";

/** Two rounds: every place with the value that its schema expects, and with one of all the others. */
const DEFAULT_CANARIES = "100000";
const MOST_CANARIES = 100_000_000;

const OPTIONS = {
  ...POLICY_OPTIONS,
  canaries: {
    flags: "--canaries <number>",
    help: "plant at least so many values that are looked for",
    standard: DEFAULT_CANARIES,
    read: readCount,
  },
  quick: flag("--quick", "in seconds, for a pull request: some of the schemas, others with another seed"),
  seed: {
    flags: "--seed <text>",
    help: "another seed plants other values in another order",
    standard: "1",
    read: String,
  },
};

/** Creates `shield prove`: proves that nothing leaks; exit code 1 when something does. Tests replace parts by others. */
export function createProve(parts: Partial<Parts>): CommandModule {
  return defineCommand({
    options: OPTIONS,

    configure(command) {
      command.addHelpText("after", `${EXAMPLES}${EXITS}`);
    },

    async run({ options }, io) {
      const { canaries, quick, seed, json } = options;
      const policy = await openPolicy(options, io);
      if (policy === undefined) return EXIT_CODES.unusable;
      const result = await proveUnlessStopped(policy, { ...depthOf(canaries, quick === true), seed, parts }, io);
      if (result === undefined) return EXIT_CODES.interrupted;
      io.stdout.write(json ? renderJson(result) : renderProof(result, io));
      return holds(result) ? EXIT_CODES.fine : EXIT_CODES.findings;
    },
  });
}

/** Fewer canaries than one round plants look at single values only. */
const FEW_CANARIES = 100;

function depthOf(canaries: number, quick: boolean): Pick<ProofOptions, "canaries" | "quick" | "draws"> {
  if (quick) return { canaries: 1, quick, draws: 1 };
  return { canaries, draws: canaries < FEW_CANARIES ? 0 : 1 };
}

/** Makes the proof, telling how far it is; undefined where the user has stopped it. */
async function proveUnlessStopped(policy: Policy, options: ProofOptions, io: Io): Promise<ProofResult | undefined> {
  const progress = createProgress(io);
  const onProgress = ({ doing, ...done }: ProofProgress) => progress.show(describe(doing, done));
  try {
    return await proveAll(policy, { ...options, onProgress, signal: io.interrupt });
  } catch (error) {
    if (!io.interrupt.aborted) throw error;
    io.stderr.write("stopped: nothing is proved\n");
    return undefined;
  } finally {
    progress.clear();
  }
}

export const prove: CommandModule = createProve(PROOF_PARTS);

const EXAMPLES = renderExamples([
  ["prove that nothing leaks under the shipped policy", "shield prove"],
  ["prove your own policy, as it holds in one Space", "shield prove --policies policies --space eu-prod"],
  ["a quick look, for a pull request", "shield prove --quick"],
  ["more values, other ones every night", "shield prove --canaries 1000000 --seed $(date +%F)"],
  ["the result for a program", "shield prove --json"],
]);

const EXITS = `
Exit codes:
  0    nothing leaked, and nothing was left out of the proof
  1    a value left that the policy does not let leave: it names path, processor and channel, never the value
  2    the proof could not be made: wrong usage, or the policy does not compile
  130  stopped: nothing is proved
`;

function readCount(given: unknown): number {
  const count = Number(given);
  if (Number.isInteger(count) && count > 0 && count <= MOST_CANARIES) return count;
  throw new ConfigError(
    `expected a number of canaries from 1 to ${formatCount(MOST_CANARIES)}, got ${JSON.stringify(given)}`,
  );
}

function describe(doing: ProofProgress["doing"], { canaries, events, leaks }: Omit<ProofProgress, "doing">): string {
  const found = leaks === 0 ? "no leak" : `${formatCount(leaks)} leaks`;
  if (doing === "comparisons")
    return `${formatCount(canaries)} canaries searched for, comparing outputs, ${found} so far`;
  return `${formatCount(canaries)} canaries in ${formatCount(events)} events, ${found} so far`;
}

function renderJson(result: ProofResult): string {
  return `${JSON.stringify({ ok: holds(result), ...result })}\n`;
}
