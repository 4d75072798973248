import type { ErrorCode } from "#errors";

/** One thing of a directory that is not as the last run left it. Holds no event data. */
export interface DirectoryFinding {
  readonly code: Extract<ErrorCode, "OUTPUT_DAMAGED" | "OUTPUT_UNKNOWN">;
  /** What was expected, what was found, and where. */
  readonly message: string;
  /** Events whose delivery to the processor cannot be relied on any more; absent where it cannot be told. */
  readonly lost?: { readonly processor: string; readonly events: number };
}

export function damage(
  path: string,
  expected: string,
  found: string,
  lost?: DirectoryFinding["lost"],
): DirectoryFinding {
  const message = `expected ${expected} at ${path}, got ${found}`;
  return { code: "OUTPUT_DAMAGED", message, ...(lost && { lost }) };
}

export function unknownFile(path: string): DirectoryFinding {
  return { code: "OUTPUT_UNKNOWN", message: `expected no file at ${path} that no run has written, got one` };
}

export function sizeText(bytes: number): string {
  return `${bytes} bytes`;
}
