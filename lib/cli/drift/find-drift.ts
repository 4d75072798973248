import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { createEventsLook, type DriftFindings, isReport, listFindings, readDrift } from "#drift";
import { createLocalKeys, makeSecret } from "#vault";
import type { Io } from "../io.ts";
import type { PolicyOptions } from "../policy/load-policy.ts";
import { lookAtAll, openFinderOptions } from "./look-at-all.ts";
import { revealNames } from "./reveal-names.ts";

/** A report that the user named. */
export interface NamedReport {
  /** As the user calls it. */
  readonly operand: string;
  readonly file: string;
}

/** Longest file that is looked at for being a report: ten thousand places of it take far less. */
const MAX_REPORT_BYTES = 64 * 1024 * 1024;

/** Finds the report among the operands: the only one, or in the only folder. Undefined where they are events. */
export function findReport(operands: readonly string[], { cwd }: Pick<Io, "cwd">): NamedReport | undefined {
  const [operand = "", ...others] = operands;
  const [path, inFolder] = [resolve(cwd, operand), resolve(cwd, join(operand, "totals.json"))];
  if (others.length > 0 || operand === "-") return undefined;
  const file = [path, inFolder].find((each) => statSync(each, { throwIfNoEntry: false })?.isFile());
  return file !== undefined && isReportFile(file) ? { operand, file } : undefined;
}

function isReportFile(file: string): boolean {
  return file.endsWith(".json") && statSync(file).size <= MAX_REPORT_BYTES && isReport(readFileSync(file, "utf8"));
}

/** @throws {ConfigError} when the report has no drift, or what is to reveal its names cannot be read */
export async function driftOfReport(
  { operand, file }: NamedReport,
  options: PolicyOptions & { readonly reveal?: string | undefined; readonly keys?: string | undefined },
  io: Io,
): Promise<DriftFindings> {
  const report = readDrift(readFileSync(file, "utf8"), operand);
  const { reveal, keys, ...policy } = options;
  if (reveal === undefined) return listFindings(report);
  return listFindings(report, await revealNames(report, { ...policy, reveal, file, ...(keys && { keys }) }, io));
}

/**
 * Finds drift in events at hand, with every name. Keys of the moment will do: nothing that they make is kept.
 *
 * @throws {ConfigError} when an input cannot be read
 */
export async function driftOfEvents(
  operands: readonly string[],
  options: PolicyOptions,
  io: Io,
): Promise<DriftFindings> {
  const keys = createLocalKeys({ secret: makeSecret(io.random) }).ring();
  const look = createEventsLook(await openFinderOptions(options, keys, io));
  await lookAtAll(operands, look, io);
  return look.findings();
}
