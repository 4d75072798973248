import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, formatDiagnostic } from "#errors";
import type { Io } from "../io.ts";
import { createPaint, type Paint } from "./paint.ts";

/** Folders that hold the files diagnostics name; the first that has the file counts. */
export type SourceFolders = readonly string[];

/**
 * Renders breaches of the policy: one plain line each where programs read, the place itself with a caret on a terminal.
 *
 * Ends with how many there are.
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  folders: SourceFolders,
  { stderr, env }: Pick<Io, "stderr" | "env">,
): string {
  const paint = createPaint(stderr, env);
  const render =
    stderr.isTTY === true ? (found: Diagnostic) => renderWithExcerpt(found, folders, paint) : formatDiagnostic;
  const count = diagnostics.length === 1 ? "1 breach" : `${diagnostics.length} breaches`;
  return `${diagnostics.map(render).join("\n\n")}\n\n${count} of the policy's rules\n`;
}

function renderWithExcerpt(found: Diagnostic, folders: SourceFolders, paint: Paint): string {
  const { file, line, column, code, message, help } = found;
  const place = line > 0 ? `${file}:${line}:${column}` : file;
  return [
    `${paint.bold(place)}: ${paint.red(`error[${code}]`)}: ${message}`,
    ...renderExcerpt(found, findLine(found, folders), paint),
    ...(help === undefined ? [] : [`  ${paint.cyan("help")}: ${help}`]),
  ].join("\n");
}

function renderExcerpt({ line, column }: Diagnostic, text: string | undefined, paint: Paint): readonly string[] {
  if (text === undefined) return [];
  const number = String(line);
  const before = text.slice(0, Math.max(0, column - 1)).replace(/[^\t]/g, " ");
  return [
    `  ${paint.dim(`${number} |`)} ${text}`,
    `  ${paint.dim(`${" ".repeat(number.length)} |`)} ${before}${paint.red("^")}`,
  ];
}

function findLine({ file, line }: Diagnostic, folders: SourceFolders): string | undefined {
  for (const folder of folders) {
    try {
      return readFileSync(join(folder, file), "utf8").split(/\r?\n/)[line - 1];
    } catch {
      // Another folder may hold it.
    }
  }
  return undefined;
}
