import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { idOf } from "#support/deliveries";
import { contentOf, OUT, sorted } from "#support/directory-run";
import { createDraw } from "#support/seeded-random";

const KILLS = 15;
/** What the writer delivers. */
const EVENTS = 310;
const USERS = 10;

let folder = "";
let writer = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "shield-kill-"));
  writer = join(folder, "writer.mjs");
  await build({
    entryPoints: [new URL("../../support/directory-writer.ts", import.meta.url).pathname],
    outfile: writer,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Starts the writer and waits until it has opened its directory. */
async function start(directory: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [writer, directory], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

async function runToEnd(directory: string): Promise<void> {
  const child = await start(directory);
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
}

/** Every file of the output, as the in-memory disks of other tests show them. */
function outputIn(directory: string): ReadonlyMap<string, string> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true, encoding: "utf8" });
  const files = names.filter((entry) => entry.isFile() && !entry.parentPath.includes(".shield"));
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [OUT + path.slice(directory.length), readFileSync(path, "utf8")]));
}

it(`loses and doubles nothing when its process is killed ${KILLS} times`, { timeout: 120_000 }, async () => {
  const whole = join(folder, "whole");
  const started = performance.now();
  await runToEnd(whole);
  const runMs = performance.now() - started;
  const draw = createDraw("kill");
  const killed = join(folder, "killed");
  for (let kill = 0; kill < KILLS; kill++) {
    const child = await start(killed);
    await new Promise((resolve) => setTimeout(resolve, draw(Math.ceil((runMs * (kill + 1)) / (2 * KILLS)))));
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
  await runToEnd(killed);
  const content = sorted(contentOf(outputIn(killed)));
  expect(content).toEqual(sorted(contentOf(outputIn(whole))));
  expect(content["queue"]).toHaveLength(EVENTS);
  expect(new Set(content["queue"]).size).toBe(EVENTS);
  expect(content["users"]).toHaveLength(USERS);
  expect(content["users"]).toContain(`${idOf("user 9")} 309`);
  const before = outputIn(killed);
  await runToEnd(killed);
  expect(outputIn(killed)).toEqual(before);
});
