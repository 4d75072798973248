import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Io } from "#cli/io";
import { main } from "#cli/main";

const ROOT = new URL("../..", import.meta.url).pathname;

/** A small policy with two processors and one schema. */
export const SHOP = join(ROOT, "test/fixtures/policies/shop");

/** Compiled policies of this test process: each is compiled once. */
const CACHE = mkdtempSync(join(tmpdir(), "shield-cache-"));

/** Keys that are the same in every run. */
export const KEYS = Buffer.from("keys of tests, 32 bytes, secret?").toString("base64url");

/** What a command printed and how it ended. */
export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliWorld {
  readonly cwd?: string;
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | AsyncIterable<Uint8Array>;
  readonly terminal?: boolean;
  readonly nowMs?: () => number;
  readonly install?: Partial<Io["install"]>;
  readonly interrupt?: AbortSignal;
}

/** Runs `shield` in this process, in a world of its own. */
export async function runCli(argv: readonly string[], world: CliWorld = {}): Promise<CliResult> {
  const { io, output } = createIo(world);
  const exitCode = await main(argv, io);
  return { exitCode, ...output() };
}

/** Makes an `Io` whose output is kept as text. */
export function createIo(world: CliWorld = {}): { io: Io; output(): { stdout: string; stderr: string } } {
  const written = { stdout: "", stderr: "" };
  const sink = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTTY: world.terminal ?? false,
    columns: 120,
  });
  const io: Io = {
    stdin: openStdin(world.stdin ?? ""),
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    env: { XDG_CACHE_HOME: CACHE, ...world.env },
    cwd: world.cwd ?? ROOT,
    home: world.home ?? "/nonexistent",
    install: { root: ROOT, version: "0.0.0", bufVersion: "1.74.0", build: CACHE, ...world.install },
    interrupt: world.interrupt ?? new AbortController().signal,
    nowMs: world.nowMs ?? (() => Date.UTC(2026, 10, 22)),
    random: (length) => randomBytes(length),
  };
  return { io, output: () => ({ ...written }) };
}

function openStdin(stdin: string | AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return typeof stdin === "string" ? Readable.from([Buffer.from(stdin)]) : stdin;
}
