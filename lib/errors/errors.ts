import type { ErrorCode } from "./codes.ts";

/** An error with a code of the closed set. Messages hold no event data: path, type, length and code only. */
export abstract class ShieldError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.name = new.target.name;
  }
}

/** A setting, file or argument that the operator has to change. */
export class ConfigError extends ShieldError {
  constructor(message: string, options?: ErrorOptions & { readonly code?: ErrorCode }) {
    super(options?.code ?? "CONFIG_INVALID", message, options);
  }
}

/** The policy breaks its rules; thrown with every breach of a stage at once. */
export class PolicyError extends ShieldError {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics[0]?.code ?? "POLICY_SYNTAX", diagnostics.map(formatDiagnostic).join("\n\n"));
    this.diagnostics = diagnostics;
  }
}

/** A sink refused; `retryable` tells whether the same delivery can succeed later. */
export class DeliveryError extends ShieldError {
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: ErrorOptions & { readonly retryable: boolean }) {
    super(code, message, options);
    this.retryable = options.retryable;
  }
}

/** One breach of a policy rule. */
export interface Diagnostic {
  readonly code: ErrorCode;
  /** Path of the file below the policies directory. */
  readonly file: string;
  /** From 1; 0 where the place is the file as a whole. */
  readonly line: number;
  readonly column: number;
  /** `expected <what>, got <what>`: lower case, no period. */
  readonly message: string;
  /** What to write instead. */
  readonly help?: string;
  /** Every field it is about, where the message names some of many. */
  readonly fields?: readonly DiagnosticField[];
}

/** A field of a schema, and the processors whose decisions are meant. */
export interface DiagnosticField {
  readonly schema: string;
  readonly path: string;
  readonly processors?: readonly string[];
}

/** Renders a breach as `file:line:column: error[CODE]: message`, the help on the next line. */
export function formatDiagnostic({ file, line, column, code, message, help }: Diagnostic): string {
  const place = line > 0 ? `${file}:${line}:${column}` : file;
  return `${place}: error[${code}]: ${message}${help === undefined ? "" : `\n  help: ${help}`}`;
}
