import { appendFile, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError } from "#errors";
import type { RejectionLine } from "./rejections.ts";
import { addReports, type RunReport, type Totals } from "./report.ts";

/** What is kept of one run beside its output. */
export interface RunRecords {
  /** Keeps which records were refused. */
  addRejections(lines: readonly RejectionLine[]): Promise<void>;
  /** Writes the run's report, and adds it to that of the directory. */
  end(report: RunReport): Promise<void>;
}

const REPORT = "report.json";
const TOTALS = "totals.json";

/**
 * Opens the records of a new run of an output directory, which this process has to itself.
 *
 * `runs/0001/report.json` and `rejected.ndjson` stay whatever runs come later; `report.json` is that of the last run and
 * `totals.json` the sum of all.
 */
export async function openRunRecords(directory: string): Promise<RunRecords> {
  const runs = join(directory, "runs");
  await mkdir(runs, { recursive: true, mode: 0o700 });
  const earlier = (await readdir(runs)).filter((name) => /^[0-9]+$/.test(name)).sort();
  const folder = join(runs, nextName(earlier.at(-1)));
  await mkdir(folder, { mode: 0o700 });
  return {
    async addRejections(lines) {
      if (lines.length === 0) return;
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      await appendFile(join(folder, "rejected.ndjson"), text, { mode: 0o600 });
    },
    async end(report) {
      const totals = addReports(await readTotals(join(directory, TOTALS)), report);
      await writeWhole(join(folder, REPORT), report);
      await writeWhole(join(directory, REPORT), report);
      await writeWhole(join(directory, TOTALS), totals);
    },
  };
}

function nextName(last: string | undefined): string {
  return String(Number(last ?? 0) + 1).padStart(4, "0");
}

async function readTotals(file: string): Promise<Totals | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigError(`expected the totals of earlier runs, got a damaged ${file}: move it away and run again`);
  }
}

/** Writes a file whole or not at all. */
async function writeWhole(file: string, content: unknown): Promise<void> {
  const unfinished = `${file}.new`;
  await writeFile(unfinished, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}
