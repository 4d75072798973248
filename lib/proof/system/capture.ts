import type { Emit } from "./channels.ts";

const LEVELS = ["debug", "log", "info", "warn", "error", "trace"] as const;
const STREAMS = ["stdout", "stderr"] as const;

/** Begins every document of the embedded metric format. */
const METRIC = `"_aws"`;

/**
 * Runs something and takes whatever it writes to standard output or error, through streams or the console.
 *
 * Nothing else of this process should write meanwhile: it would be taken too.
 */
export async function captureOutput<Result>(emit: Emit, run: () => Promise<Result>): Promise<Result> {
  const take = (text: string) => {
    const channel = text.includes(METRIC) ? "metric" : "log";
    emit({ processor: "", channel, bytes: Buffer.from(text) });
  };
  const restore = [...takeStreams(take), ...takeConsole(take)];
  try {
    return await run();
  } finally {
    for (const undo of restore) undo();
  }
}

type Take = (text: string) => void;

function takeStreams(take: Take): readonly (() => void)[] {
  return STREAMS.map((name) => {
    const stream = process[name];
    const write = stream.write;
    stream.write = (chunk: Uint8Array | string) => {
      take(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
      return true;
    };
    return () => {
      stream.write = write;
    };
  });
}

/** A console may have been replaced by one that does not write to the streams. */
function takeConsole(take: Take): readonly (() => void)[] {
  const { console: output } = globalThis;
  return LEVELS.map((level) => {
    const write = output[level];
    output[level] = (...values: readonly unknown[]) => take(values.map(textOf).join(" "));
    return () => {
      output[level] = write;
    };
  });
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value instanceof Error ? `${value.stack}` : (JSON.stringify(value) ?? String(value));
}
