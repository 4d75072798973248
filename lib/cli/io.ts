import type { Installation } from "./installation.ts";

/** The world as a command sees it, beside the files it is told to read and write. Tests pass their own. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Results. */
  readonly stdout: TextOutput;
  /** Everything else: progress, warnings, errors. */
  readonly stderr: TextOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly install: Installation;
  /** Aborted when the user asks to stop: what is begun is finished, nothing new is started. */
  readonly interrupt: AbortSignal;
  nowMs(): number;
  random(length: number): Uint8Array;
}

/** Where output goes. `isTTY` and `columns` are those of Node's streams. */
export interface TextOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}
