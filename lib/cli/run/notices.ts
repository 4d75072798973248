import { type ConfigError, ERROR_CODES, type ThrownDescription } from "#errors";
import type { Io } from "../io.ts";
import { createPaint } from "../terminal/paint.ts";
import { printable } from "../terminal/printable.ts";
import type { Progress } from "../terminal/progress.ts";
import type { RejectionLine } from "./rejections.ts";

/** How many rejections are named; the rest is counted. */
const NAMED = 10;

/** Tells, while a run goes on, what the user has to look at. */
export interface Notices {
  problem(problem: ConfigError): void;
  /** Names what was found in a folder and not read. */
  unread(reason: ConfigError): void;
  defect(defect: ThrownDescription): void;
  /** Names a record that was refused. */
  rejection(line: RejectionLine): void;
  /** Tells how many more there were than were named. */
  end(): void;
}

export function createNotices({ stderr, env }: Pick<Io, "stderr" | "env">, progress: Progress): Notices {
  const paint = createPaint(stderr, env);
  let rejections = 0;
  const write = (line: string) => {
    progress.clear();
    stderr.write(`${line}\n`);
  };
  return {
    problem: ({ code, message }) => write(`${paint.red(`error[${code}]`)}: ${printable(message)}`),
    unread: ({ code, message }) => write(`${paint.yellow(`warning[${code}]`)}: ${printable(message)}`),
    defect: ({ name, frames }) =>
      write(
        `${paint.red("error[UNEXPECTED]")}: expected no failure in the engine, got ${[name, ...frames].join(" at ")}`,
      ),
    rejection({ record, code, path, processors }) {
      rejections++;
      if (rejections > NAMED) return;
      const facts = [...(path === undefined ? [] : [`at ${printable(path)}`]), ...listed(processors)];
      const more = facts.length === 0 ? "" : ` (${facts.join(", ")})`;
      write(`${printable(record)}: ${paint.yellow(`warning[${code}]`)}: ${ERROR_CODES[code].summary}${more}`);
    },
    end() {
      progress.clear();
      if (rejections > NAMED) write(`and ${rejections - NAMED} more refused records`);
    },
  };
}

function listed(processors: readonly string[]): readonly string[] {
  if (processors.length === 0) return [];
  return [`for ${processors.length > 3 ? `${processors.length} processors` : processors.join(", ")}`];
}
