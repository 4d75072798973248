import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { inspect } from "node:util";
import type { Emit } from "./channels.ts";

const LEVELS = ["debug", "log", "info", "warn", "error", "trace", "dir", "table"] as const;
const STREAMS = ["stdout", "stderr"] as const;
/** Standard output and error. */
const DESCRIPTORS: readonly unknown[] = [1, 2];

/** Begins every document of the embedded metric format. */
const METRIC = `"_aws"`;

/**
 * Runs something and takes whatever it writes to standard output or error: through streams, the console or the
 * descriptors; and every warning of the process.
 *
 * Nothing else of this process should write meanwhile: it would be taken too.
 */
export async function captureOutput<Result>(emit: Emit, run: () => Promise<Result>): Promise<Result> {
  const take: Take = (bytes) => {
    const channel = Buffer.from(bytes).includes(METRIC) ? "metric" : "log";
    emit({ processor: "", channel, bytes });
  };
  const restore = [...takeStreams(take), ...takeConsole(take), ...takeDescriptors(take), takeWarnings(emit)];
  try {
    return await run();
  } finally {
    for (const undo of restore) undo();
  }
}

type Take = (bytes: Uint8Array) => void;
type Undo = () => void;

/** Streams call back as Node's do: whoever waits for a write goes on. */
function takeStreams(take: Take): readonly Undo[] {
  return STREAMS.map((name) => {
    const stream = process[name];
    const write = stream.write;
    stream.write = (chunk: Uint8Array | string, ...rest: readonly unknown[]) => {
      take(bytesOf(chunk, rest[0]));
      const done = rest.find((each) => typeof each === "function");
      if (done !== undefined) process.nextTick(done);
      return true;
    };
    return () => {
      stream.write = write;
    };
  });
}

/** A console may have been replaced by one that does not write to the streams. */
function takeConsole(take: Take): readonly Undo[] {
  const { console: output } = globalThis;
  return LEVELS.map((level) => {
    const write = output[level];
    output[level] = (...values: readonly unknown[]) => {
      for (const text of formsOf(values)) take(Buffer.from(text));
    };
    return () => {
      output[level] = write;
    };
  });
}

/** What the console would print, and what a console that writes JSON would: it shows the inside of bytes in another way. */
function formsOf(values: readonly unknown[]): readonly string[] {
  const printed = values.map((value) => (typeof value === "string" ? value : inspect(value, WHOLE))).join(" ");
  const asJson = values.filter((value) => typeof value === "object" && value !== null).map(jsonOf);
  return [printed, ...asJson];
}

const WHOLE = { depth: 10, maxArrayLength: null, maxStringLength: null, breakLength: Number.POSITIVE_INFINITY };

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}

/** Loggers of speed write past the streams. Modules that have imported the function by name see the other one too. */
function takeDescriptors(take: Take): readonly Undo[] {
  const { write, writeSync, writevSync } = fs;
  fs.writeSync = ((descriptor: number, data: Uint8Array | string, ...rest: readonly unknown[]) => {
    if (!DESCRIPTORS.includes(descriptor)) return Reflect.apply(writeSync, fs, [descriptor, data, ...rest]);
    return takeAll(take, [bytesOf(data, rest[1])]);
  }) as typeof fs.writeSync;
  fs.writevSync = ((descriptor: number, data: readonly Uint8Array[], ...rest: readonly unknown[]) =>
    DESCRIPTORS.includes(descriptor)
      ? takeAll(take, data)
      : Reflect.apply(writevSync, fs, [descriptor, data, ...rest])) as typeof fs.writevSync;
  fs.write = ((descriptor: number, data: Uint8Array | string, ...rest: readonly unknown[]) => {
    if (!DESCRIPTORS.includes(descriptor)) return Reflect.apply(write, fs, [descriptor, data, ...rest]);
    const length = takeAll(take, [bytesOf(data, "utf8")]);
    const done = rest.at(-1);
    if (typeof done === "function") process.nextTick(done, null, length, data);
  }) as typeof fs.write;
  syncBuiltinESMExports();
  return [
    () => {
      Object.assign(fs, { write, writeSync, writevSync });
      syncBuiltinESMExports();
    },
  ];
}

function takeAll(take: Take, chunks: readonly Uint8Array[]): number {
  for (const chunk of chunks) take(chunk);
  return chunks.reduce((sum, { length }) => sum + length, 0);
}

/** Warnings are told later than they are made, to whoever listens: by then nobody here would. */
function takeWarnings(emit: Emit): Undo {
  const { emitWarning } = process;
  process.emitWarning = ((warning: unknown, ...rest: readonly unknown[]) => {
    for (const text of formsOf([warning, ...rest]))
      emit({ processor: "", channel: "warning", bytes: Buffer.from(text) });
  }) as typeof process.emitWarning;
  return () => {
    process.emitWarning = emitWarning;
  };
}

function bytesOf(chunk: Uint8Array | string, encoding: unknown): Uint8Array {
  if (typeof chunk !== "string") return Uint8Array.from(chunk);
  return Buffer.from(chunk, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8");
}
