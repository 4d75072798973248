import { rename, writeFile } from "node:fs/promises";
import type { Report } from "#delivery";

/** Writes the report of a run, whole or not at all. */
export async function writeReport(file: string, report: Report): Promise<void> {
  const unfinished = `${file}.new`;
  await writeFile(unfinished, `${JSON.stringify(report, undefined, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}
