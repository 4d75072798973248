import { appendFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { replaceWhole } from "#delivery/directory/checkpoint";
import { readWhole } from "#delivery/directory/files";
import { nodeFiles } from "#delivery/directory/node-files";
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
      await writeJson(join(folder, REPORT), report);
      await writeJson(join(directory, REPORT), report);
      await writeJson(join(directory, TOTALS), totals);
    },
  };
}

function nextName(last: string | undefined): string {
  return String(Number(last ?? 0) + 1).padStart(4, "0");
}

async function readTotals(file: string): Promise<Totals | undefined> {
  const bytes = await readWhole(nodeFiles, file);
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch (cause) {
    const found = `got a damaged ${file}: move it away and run again`;
    throw new ConfigError(`expected the totals of earlier runs, ${found}`, { cause });
  }
}

function writeJson(file: string, content: object): Promise<void> {
  return replaceWhole(nodeFiles, file, Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`));
}
