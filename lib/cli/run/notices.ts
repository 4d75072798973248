import type { Incoming } from "#delivery";
import { type ConfigError, ERROR_CODES, type ErrorCode, type ThrownDescription } from "#errors";
import type { Io } from "../io.ts";
import { createPaint } from "../terminal/paint.ts";
import { printable } from "../terminal/printable.ts";
import type { Progress } from "../terminal/progress.ts";

/** How many records are named; the rest is counted. */
const NAMED = 10;

/** Tells, while a run goes on, what the user has to look at. */
export interface Notices {
  problem(problem: ConfigError): void;
  /** Names what was found in a folder and not read. */
  unread(reason: ConfigError): void;
  defect(defect: ThrownDescription): void;
  /** Names the record if it is no event. */
  record(record: Incoming, place: string): void;
  /** Tells how many more there were than were named. */
  end(): void;
}

export function createNotices({ stderr, env }: Pick<Io, "stderr" | "env">, progress: Progress): Notices {
  const paint = createPaint(stderr, env);
  let malformed = 0;
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
    record(record, place) {
      const code = codeOf(record);
      if (code === undefined) return;
      malformed++;
      if (malformed <= NAMED)
        write(`${printable(place)}: ${paint.yellow(`warning[${code}]`)}: ${ERROR_CODES[code].summary}`);
    },
    end() {
      progress.clear();
      if (malformed > NAMED) write(`and ${malformed - NAMED} more records that are no events`);
    },
  };
}

function codeOf(record: Incoming): ErrorCode | undefined {
  if ("oversize" in record) return "TOO_LARGE";
  return "malformed" in record ? record.malformed : undefined;
}
