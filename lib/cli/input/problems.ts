import { getSystemErrorMap } from "node:util";
import { ConfigError, type ErrorCode } from "#errors";
import type { InputProblem, InputUnread } from "./input.ts";

export function missingProblem(file: string): InputProblem {
  return problem(file, "CONFIG_INVALID", `expected a file or folder, got nothing at ${file}`);
}

export function emptyFolderProblem(folder: string): InputProblem {
  return problem(folder, "CONFIG_INVALID", `expected files, got none in ${folder}`);
}

/** Why what stands in a folder is not read. */
const UNREAD = {
  hidden: "expected a file that is not hidden, got",
  folderLink: "expected a file or folder, got a link to a folder:",
  noFile: "expected a file or folder, got something else:",
  noRecords: "expected JSON or JSON lines, got something else in",
} as const;

export function unread(file: string, reason: keyof typeof UNREAD): InputUnread {
  return { unread: new ConfigError(`${UNREAD[reason]} ${file}`, { code: "INPUT_UNREAD" }), file };
}

/** For an array of records that begins at the line and is still open where the file ends. */
export function unclosedProblem(file: string, line: number): InputProblem {
  return problem(file, "INPUT_DAMAGED", `expected a ] for the array of line ${line}, got the end of ${file}`);
}

/** Puts what stopped the reading of a file into words; throws what is no fault of the file. */
export function readingProblem(file: string, error: unknown): InputProblem {
  const { code, errno } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  const damage = GZIP_DAMAGE.get(code);
  if (damage !== undefined) return problem(file, "INPUT_DAMAGED", `${damage} ${file}`, error);
  const meaning = getSystemErrorMap().get(errno ?? 0)?.[1] ?? "an error of the operating system";
  return problem(file, "FILE_SYSTEM", `expected to read ${file}, got ${code} (${meaning})`, error);
}

/** By error code: https://nodejs.org/docs/latest-v20.x/api/zlib.html#constants (read 2025-11-22). */
const GZIP_DAMAGE: ReadonlyMap<string, string> = new Map([
  ["Z_BUF_ERROR", "expected the end of the gzip data, got the end of"],
  ["Z_DATA_ERROR", "expected gzip data, got something else in"],
]);

function problem(file: string, code: ErrorCode, message: string, cause?: unknown): InputProblem {
  return { problem: new ConfigError(message, cause === undefined ? { code } : { code, cause }), file };
}
