import { CARRIERS, type Carrier, listSampleTypes, readPack, type SampleOptions, sampleEvents } from "#auth0";
import { ConfigError, findNearMatch } from "#errors";
import { type CommandModule, renderExamples } from "../command.ts";
import { EXIT_CODES } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { packFolder } from "../policy/pack-folder.ts";
import { createProgress } from "../terminal/progress.ts";
import { formatCount } from "../terminal/progress-words.ts";

interface SampleCommandOptions {
  readonly type: readonly string[];
  readonly count?: string;
  readonly seed: string;
  readonly feed: string;
  /** True where the option stands without a number. */
  readonly duplicates?: string | true;
  readonly disorder?: string | true;
  readonly policies?: string;
}

/** `shield auth0 sample`: writes synthetic events, one per line. */
export const auth0Sample: CommandModule = {
  configure(command) {
    command
      .option("--type <types...>", "event types such as s or user.created, in turn; all for every type", ["all"])
      .option("--count <n>", "how many events, repetitions apart (default: one of each type)")
      .option("--seed <n>", "the same seed gives the same events", "1")
      .option("--feed <name>", `what brings them: ${CARRIERS.join(", ")}`, "webhook")
      .option("--duplicates [share]", `send this share of the events twice (${DUPLICATES} when no number is given)`)
      .option("--disorder [n]", `let events change places with those up to n behind (${DISORDER} when none is given)`)
      .option("--policies <dir>", "policy folder that holds the pack (default: the one that ships with Event Shield)")
      .addHelpText("after", EXAMPLES);
  },

  async run({ options }, io) {
    const chosen = options as unknown as SampleCommandOptions;
    const { schemas } = readPack(packFolder(chosen, io));
    const carrier = readCarrier(chosen.feed);
    const types = chooseTypes(chosen.type, listSampleTypes(schemas, carrier));
    const sample: SampleOptions = {
      types,
      count: chosen.count === undefined ? types.length : readNumber("--count", chosen.count, COUNTS),
      seed: readNumber("--seed", chosen.seed, COUNTS),
      carrier,
      duplicates: readOptional("--duplicates", chosen.duplicates, { ...SHARES, standard: DUPLICATES }),
      disorder: readOptional("--disorder", chosen.disorder, { ...COUNTS, standard: DISORDER }),
    };
    return writeLines(sampleEvents(schemas, sample), io) ? EXIT_CODES.fine : EXIT_CODES.interrupted;
  },
};

const DUPLICATES = 0.1;
const DISORDER = 20;

const EXAMPLES = renderExamples([
  ["one event of each type", "shield auth0 sample --type all"],
  ["logins and sign-ups as EventBridge brings them", "shield auth0 sample --type s ss --count 1000 --feed eventbridge"],
  [
    "a load that shows what duplicates and disorder do",
    "shield auth0 sample --count 100000 --seed 7 --duplicates 0.2 --disorder 50 | shield run - --out out",
  ],
]);

function readCarrier(feed: string): Carrier {
  const carrier = CARRIERS.find((name) => name === feed);
  if (carrier !== undefined) return carrier;
  throw new ConfigError(`expected ${CARRIERS.join(", ")} after --feed, got ${JSON.stringify(feed)}`);
}

function chooseTypes(chosen: readonly string[], known: readonly string[]): readonly string[] {
  if (chosen.includes("all")) return known;
  const unknown = chosen.find((type) => !known.includes(type));
  if (unknown === undefined) return chosen;
  const near = findNearMatch(unknown, known);
  const hint = near === undefined ? "no type of this feed is called so" : `did you mean ${near}?`;
  throw new ConfigError(`expected an event type after --type, got ${JSON.stringify(unknown)}: ${hint}`);
}

interface Range {
  readonly what: string;
  readonly pattern: RegExp;
  readonly most: number;
}

const COUNTS: Range = { what: "a whole number", pattern: /^\d+$/, most: Number.MAX_SAFE_INTEGER };
const SHARES: Range = { what: "a number from 0 to 1", pattern: /^\d+(\.\d+)?$/, most: 1 };

function readNumber(option: string, text: string, { what, pattern, most }: Range): number {
  const number = pattern.test(text) ? Number(text) : Number.NaN;
  if (number <= most) return number;
  throw new ConfigError(`expected ${what} after ${option}, got ${JSON.stringify(text)}`);
}

function readOptional(
  option: string,
  text: string | true | undefined,
  range: Range & { readonly standard: number },
): number {
  if (text === undefined) return 0;
  return text === true ? range.standard : readNumber(option, text, range);
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
