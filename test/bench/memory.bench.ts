/**
 * Shows that the memory of `shield run` does not grow with its input: 200 MB of different log events through the shipped
 * policy, resident memory sampled all along.
 *
 * Fails above 400 MB, or when the last quarter of the run takes more than a fifth more than the second one. The first
 * quarter is start-up: heap and compiled code grow to their size.
 *
 * node bin/build.mjs && node --import tsx test/bench/memory.bench.ts
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeManyLogs } from "#support/many-logs";

const SHIELD = new URL("../../dist/shield.js", import.meta.url).pathname;
const INPUT_MB = 200;
const LIMIT_MB = 400;
const GROWTH = 1.2;
const EVENTS = 230_000;
const SAMPLE_MS = 100;

const folder = mkdtempSync(join(tmpdir(), "shield-memory-"));
try {
  await writeManyLogs({ file: join(folder, "logs.ndjson"), events: EVENTS });
  const inputMb = statSync(join(folder, "logs.ndjson")).size / 1e6;
  if (inputMb < INPUT_MB) throw new Error(`expected ${INPUT_MB} MB of input, got ${inputMb.toFixed(0)} MB`);
  const startedMs = performance.now();
  const samples = await sampleRun();
  report(samples, { inputMb, seconds: (performance.now() - startedMs) / 1_000 });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs shield and returns its resident memory over time, in MB. */
async function sampleRun(): Promise<readonly number[]> {
  const args = [SHIELD, "run", "logs.ndjson", "--out", "out", "--keys", "keys"];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const samples: number[] = [];
  const timer = setInterval(() => {
    const rss = residentMb(child.pid);
    if (rss > 0) samples.push(rss);
  }, SAMPLE_MS);
  const code = await new Promise((resolve) => child.on("exit", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`expected shield to end with 0, got ${code}`);
  return samples;
}

function residentMb(pid: number | undefined): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) / 1_000;
  } catch {
    return 0;
  }
}

function report(samples: readonly number[], { inputMb, seconds }: { inputMb: number; seconds: number }): void {
  const quarters = [0, 1, 2, 3].map((quarter) => medianOf(partOf(samples, quarter)));
  const highest = Math.max(...samples);
  const [, second = 0, , last = 0] = quarters;
  console.log(
    `${EVENTS} events, ${inputMb.toFixed(0)} MB in ${seconds.toFixed(0)} s: ${Math.round(EVENTS / seconds)} events/s`,
  );
  console.log(`resident memory by quarter (median): ${quarters.map((mb) => `${mb.toFixed(0)} MB`).join(", ")}`);
  console.log(
    `highest: ${highest.toFixed(0)} MB (limit ${LIMIT_MB} MB), growth ${(last / second).toFixed(2)} (limit ${GROWTH})`,
  );
  if (highest > LIMIT_MB || last > second * GROWTH) process.exitCode = 1;
}

function partOf(samples: readonly number[], quarter: number): readonly number[] {
  return samples.slice((samples.length * quarter) / 4, (samples.length * (quarter + 1)) / 4);
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
