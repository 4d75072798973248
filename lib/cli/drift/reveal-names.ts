import { dirname } from "node:path";
import type { DriftReport } from "#delivery";
import { createNameFinder, type RevealedNames } from "#drift";
import type { Io } from "../io.ts";
import { openKeys } from "../keys/open-keys.ts";
import type { PolicyOptions } from "../policy/load-policy.ts";
import { lookAtAll, openFinderOptions } from "./look-at-all.ts";

export interface RevealOptions extends PolicyOptions {
  /** The events that the report was made of: a file, a folder, or `-`. */
  readonly reveal: string;
  readonly keys?: string;
  /** The report itself. */
  readonly file: string;
}

/**
 * Finds the names that a report hides, in the events it was made of.
 *
 * @throws {ConfigError} when an input cannot be read
 */
export async function revealNames(report: DriftReport, options: RevealOptions, io: Io): Promise<RevealedNames> {
  const keys = await openKeys({ ...options, out: dirname(options.file) }, io).open([]);
  const finder = createNameFinder(report, await openFinderOptions(options, keys, io));
  await lookAtAll([options.reveal], finder, io);
  return finder;
}
