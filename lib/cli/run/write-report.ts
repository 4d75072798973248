import { rename, writeFile } from "node:fs/promises";
import type { Report } from "#delivery";

/** The report of a run of files. */
export interface RunReport extends Report {
  /** What stood in the folders and was not read. */
  readonly unread: number;
}

/** Writes the report of a run, whole or not at all. */
export async function writeReport(file: string, report: Report): Promise<void> {
  const unfinished = `${file}.new`;
  await writeFile(unfinished, `${JSON.stringify(report, undefined, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}
