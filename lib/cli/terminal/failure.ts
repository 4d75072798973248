import { getSystemErrorMap } from "node:util";
import { ERROR_CODES, type ErrorCode, ShieldError } from "#errors";

/** Why a command could not do its work, in words for its user. Holds no event data. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  /** What to do, where the message does not say it. */
  readonly help?: string;
}

/** Puts a thrown error into words. Only a defect of Event Shield is called unexpected; its message may hold event data, so it is left out. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof ShieldError) return failure(error.code, error.message);
  if (isSystemError(error)) return failure("FILE_SYSTEM", describeSystemError(error));
  const name = error instanceof Error ? error.name : typeof error;
  return failure("UNEXPECTED", `expected no failure here, got ${name}`);
}

/** Codes that stand for many mistakes: each message tells the way out of its own. */
const SAYS_WHAT_TO_DO: ReadonlySet<ErrorCode> = new Set(["CONFIG_INVALID"]);

function failure(code: ErrorCode, message: string): Failure {
  return SAYS_WHAT_TO_DO.has(code) ? { code, message } : { code, message, help: ERROR_CODES[code].remedy };
}

interface SystemError extends Error {
  readonly errno: number;
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && "errno" in error && "code" in error && "syscall" in error;
}

function describeSystemError({ errno, code, syscall, path }: SystemError): string {
  const meaning = getSystemErrorMap().get(errno)?.[1] ?? "an error of the operating system";
  const target = path === undefined ? "" : ` ${path}`;
  return `expected to ${syscall}${target}, got ${code} (${meaning})`;
}
