import { generateMessages } from "./generate.ts";
import { measure, type Score } from "./measure.ts";
import { readMessages } from "./read-messages.ts";

/** The seed that rules were written against, and one that nobody looks at. */
const SEEDS = { known: "scrub", heldOut: "held out" } as const;
const COUNT = 150;

/** What `scrub_text` finds in each set of messages, by category. */
export interface Figures {
  readonly handWritten: ReadonlyMap<string, Score>;
  readonly known: ReadonlyMap<string, Score>;
  readonly heldOut: ReadonlyMap<string, Score>;
}

export function measureAll(): Figures {
  return {
    handWritten: measure(readMessages()),
    known: measure(generateMessages(SEEDS.known, COUNT)),
    heldOut: measure(generateMessages(SEEDS.heldOut, COUNT)),
  };
}

export const recallOf = ({ hidden, marked }: Score): number => (marked === 0 ? 1 : hidden / marked);
export const precisionOf = ({ exact, found }: Score): number => (found === 0 ? 1 : exact / found);

/** Writes the figures as a table: recall and precision of each category in each set. */
export function renderFigures(figures: Figures): string {
  const rows = [...figures.known.keys()].map((category) => {
    const scores = [figures.handWritten, figures.known, figures.heldOut].map((set) => set.get(category));
    return `| \`[${category}]\` | ${scores.map(renderScore).join(" | ")} |`;
  });
  return [
    "| tag | hand-written: spans | recall | precision | generated: spans | recall | precision | held out: spans | recall | precision |",
    `|---|${"---:|".repeat(9)}`,
    ...rows,
  ].join("\n");
}

function renderScore(score: Score | undefined): string {
  if (score === undefined) return "0 | | ";
  return `${score.marked} | ${recallOf(score).toFixed(3)} | ${precisionOf(score).toFixed(3)}`;
}

const SECTION = /(<!-- scrub_text figures -->\n)[\s\S]*?(\n<!-- \/scrub_text figures -->)/;

/** Puts the table between the marks of a page. */
export function withFigures(page: string, table: string): string {
  return page.replace(SECTION, (_, before, after) => `${before}${table}${after}`);
}
