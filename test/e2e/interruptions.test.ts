import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "#delivery";
import { writeManyLogs } from "#support/many-logs";
import { scratchFolder } from "#support/services/cache";

const SHIELD = new URL("../../dist/shield.js", import.meta.url).pathname;
const KEYS = Buffer.from("keys of tests, 32 bytes, secret?").toString("base64url");
const EVENTS = 6_000;

const folder = scratchFolder("interruptions");
const env = { ...process.env, SHIELD_KEYS: KEYS, HOME: folder };
const args = (out: string) => [SHIELD, "run", "logs.ndjson", "--out", out];

function run(out: string) {
  return spawnSync(process.execPath, args(out), { cwd: folder, env, encoding: "utf8" });
}

function reportOf(out: string): Report {
  return JSON.parse(readFileSync(join(folder, out, "report.json"), "utf8"));
}

/** Every record of every output, sorted; archives are sealed anew each time, so they count only. */
function recordsOf(out: string): Readonly<Record<string, readonly string[] | number>> {
  const processors = Object.keys(reportOf(out).processors);
  return Object.fromEntries(
    processors.map((processor) => {
      const lines = filesOf(join(folder, out, processor)).flatMap((file) =>
        readFileSync(file, "utf8").split("\n").filter(Boolean),
      );
      return [processor, processor === "ARCHIVE" ? lines.length : lines.sort()];
    }),
  );
}

function filesOf(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile());
}

/** Waits until a process has written something that counts. */
async function hasBegun(out: string): Promise<void> {
  const journal = join(folder, out, ".shield", "journal");
  while (!existsSync(journal) || statSync(journal).size === 0) await setTimeout(5);
}

async function endOf(child: ChildProcess): Promise<number | string> {
  const [code, signal] = await once(child, "exit");
  return code ?? signal;
}

describe("shield run", () => {
  beforeAll(async () => {
    await writeManyLogs({ file: join(folder, "logs.ndjson"), events: EVENTS });
    expect(run("whole").status).toBe(0);
  });

  it("loses and doubles nothing when it is killed again and again", async () => {
    let kills = 0;
    for (const afterMs of [0, 20, 100, 300, 700]) {
      const child = spawn(process.execPath, args("killed"), { cwd: folder, env, stdio: "ignore" });
      await hasBegun("killed");
      await setTimeout(afterMs);
      child.kill("SIGKILL");
      if ((await endOf(child)) === "SIGKILL") kills++;
    }
    expect(kills).toBeGreaterThan(1);
    expect(run("killed").status).toBe(0);
    expect(recordsOf("killed")).toEqual(recordsOf("whole"));
  });

  it("finishes its batch when it is interrupted, and goes on when it runs again", async () => {
    const child = spawn(process.execPath, args("stopped"), { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    await hasBegun("stopped");
    child.kill("SIGINT");
    expect(await endOf(child)).toBe(130);
    expect(stderr).toMatch(/^stopped after \d+ events: the same command again goes on\n$/);
    expect(reportOf("stopped").events).toBeLessThan(EVENTS);
    expect(run("stopped").status).toBe(0);
    expect(recordsOf("stopped")).toEqual(recordsOf("whole"));
  });

  it("stops waiting for a pipe that stays open when it is interrupted", async () => {
    const child = spawn(process.execPath, [SHIELD, "run", "-", "--out", "waiting"], { cwd: folder, env });
    await hasDirectory("waiting");
    child.kill("SIGINT");
    expect(await endOf(child)).toBe(130);
  });

  it("stops with one line when the disk is full, and goes on once there is space", () => {
    const limited = spawnSync(
      "bash",
      ["-c", `trap '' XFSZ; ulimit -f 512; exec "${process.execPath}" ${args("full").join(" ")}`],
      { cwd: folder, env, encoding: "utf8" },
    );
    expect(limited.status).toBe(2);
    expect(limited.stderr).toMatch(
      /^error\[FILE_SYSTEM\]: expected to \w+.*, got EFBIG \(file too large\)\n {2}help: [^\n]+\n$/,
    );
    expect(run("full").status).toBe(0);
    expect(recordsOf("full")).toEqual(recordsOf("whole"));
  });

  it("is quiet about a reader that closes its pipe, and loses nothing", () => {
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["-c", `"${process.execPath}" ${args("closed").join(" ")} | true; echo "\${PIPESTATUS[0]}"`],
      { cwd: folder, env, encoding: "utf8" },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "0\n", stderr: "" });
    expect(recordsOf("closed")).toEqual(recordsOf("whole"));
  });

  async function hasDirectory(out: string): Promise<void> {
    while (!existsSync(join(folder, out, ".shield", "streams.json"))) await setTimeout(5);
  }
});

describe("shield check", () => {
  it("is quiet about a reader that closes its pipe", () => {
    const { stdout, stderr } = spawnSync(
      "bash",
      ["-c", `"${process.execPath}" ${SHIELD} check --matrix --all | head -n 1; echo "\${PIPESTATUS[0]}"`],
      { cwd: folder, env, encoding: "utf8" },
    );
    expect({ stdout, stderr }).toEqual({ stdout: "auth0.events.v1.ConnectionCreated\n0\n", stderr: "" });
  });

  it("fails where its results cannot be written", () => {
    const { status, stderr } = spawnSync("bash", ["-c", `"${process.execPath}" ${SHIELD} check --matrix > /dev/full`], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^error\[FILE_SYSTEM\]: expected to write, got ENOSPC \(no space left on device\)\n {2}help: [^\n]+\n$/,
    );
  });
});
