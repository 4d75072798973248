import { listSampleTypes, readPack, SAMPLE_CARRIERS, sampleEvents } from "#auth0";
import { ConfigError, findNearMatch } from "#errors";
import { renderExamples } from "../command.ts";
import { EXIT_CODES } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { defineCommand } from "../options/define-command.ts";
import { type NumberRange, oneOf, readNumber, text } from "../options/kinds.ts";
import type { OptionSpec } from "../options/option.ts";
import { packFolder } from "../policy/pack-folder.ts";
import { createProgress } from "../terminal/progress.ts";
import { formatCount } from "../terminal/progress-words.ts";

const COUNTS: NumberRange = { what: "a whole number", pattern: /^\d+$/, most: Number.MAX_SAFE_INTEGER };
const SHARES: NumberRange = { what: "a number from 0 to 1", pattern: /^\d+(\.\d+)?$/, most: 1 };
/** What holds where the option stands without a number. */
const DUPLICATES = 0.1;
const DISORDER = 20;

const OPTIONS = {
  type: {
    flags: "--type <types...>",
    help: "event types such as s or user.created, in turn; all for every type",
    standard: ["all"],
    read: (given: unknown) => [given].flat().map(String),
  },
  count: {
    flags: "--count <n>",
    help: "how many events, repetitions apart (default: one of each type)",
    read: (given: unknown) => (given === undefined ? undefined : readNumber("--count", given, COUNTS)),
  },
  seed: {
    flags: "--seed <n>",
    help: "the same seed gives the same events",
    standard: "1",
    read: (given: unknown) => readNumber("--seed", given, COUNTS),
  },
  feed: oneOf(SAMPLE_CARRIERS, {
    flags: "--feed <name>",
    help: `what brings them: ${SAMPLE_CARRIERS.join(", ")}`,
    standard: "webhook",
  }),
  duplicates: {
    flags: "--duplicates [share]",
    help: `send this share of the events twice (${DUPLICATES} when no number is given)`,
    read: readOptional("--duplicates", SHARES, DUPLICATES),
  },
  disorder: {
    flags: "--disorder [n]",
    help: `let events change places with those up to n behind (${DISORDER} when none is given)`,
    read: readOptional("--disorder", COUNTS, DISORDER),
  },
  policies: text(
    "--policies <dir>",
    "policy folder that holds the pack (default: the one that ships with Event Shield)",
  ),
};

/** `shield auth0 sample`: writes synthetic events, one per line. */
export const auth0Sample = defineCommand({
  options: OPTIONS,

  configure(command) {
    command.addHelpText("after", EXAMPLES);
  },

  async run({ options }, io) {
    const { feed: carrier, seed, duplicates, disorder } = options;
    const { schemas } = readPack(packFolder(options, io));
    const types = chooseTypes(options.type, listSampleTypes(schemas, carrier));
    const { count = types.length } = options;
    const events = sampleEvents(schemas, { types, count, seed, carrier, duplicates, disorder });
    return writeLines(events, io) ? EXIT_CODES.fine : EXIT_CODES.interrupted;
  },
});

const EXAMPLES = renderExamples([
  ["one event of each type", "shield auth0 sample --type all"],
  ["logins and sign-ups as EventBridge brings them", "shield auth0 sample --type s ss --count 1000 --feed eventbridge"],
  [
    "a load that shows what duplicates and disorder do",
    "shield auth0 sample --count 100000 --seed 7 --duplicates 0.2 --disorder 50 | shield run - --out out",
  ],
]);

function chooseTypes(chosen: readonly string[], known: readonly string[]): readonly string[] {
  if (chosen.includes("all")) return known;
  const unknown = chosen.find((type) => !known.includes(type));
  if (unknown === undefined) return chosen;
  const near = findNearMatch(unknown, known);
  const hint = near === undefined ? "no type of this feed is called so" : `did you mean ${near}?`;
  throw new ConfigError(`expected an event type after --type, got ${JSON.stringify(unknown)}: ${hint}`);
}

/** Reads a number that may be left out: nothing without the option, the usual one without a number. */
function readOptional(flags: string, range: NumberRange, standard: number): OptionSpec<number>["read"] {
  return (given) => {
    if (given === undefined) return 0;
    return given === true ? standard : readNumber(flags, given, range);
  };
}

/** How many lines are written at once. */
const LINES = 1_000;

/** Writes lines until the user stops it; false when they did. */
function writeLines(lines: Iterable<string>, io: Io): boolean {
  const progress = createProgress(io);
  let batch: string[] = [];
  let written = 0;
  const flush = () => {
    progress.clear();
    io.stdout.write(batch.map((line) => `${line}\n`).join(""));
    written += batch.length;
    batch = [];
  };
  for (const line of lines) {
    if (io.interrupt.aborted) return false;
    batch.push(line);
    if (batch.length < LINES) continue;
    flush();
    if (io.stdout.isTTY !== true) progress.show(`${formatCount(written)} events`);
  }
  flush();
  return true;
}
