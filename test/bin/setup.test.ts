import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";

const SCRIPT = new URL("../../bin/setup.mjs", import.meta.url).pathname;

describe("setup", () => {
  let root: string;

  const write = (file: string, { text = "", seconds }: { text?: string; seconds: number }) => {
    writeFileSync(join(root, file), text);
    utimesSync(join(root, file), seconds, seconds);
  };
  /** Runs the script with a stand-in for npm that prints its arguments. */
  const setup = (npm = "console.log(process.argv.slice(2).join(' '))") => {
    writeFileSync(join(root, "npm.mjs"), npm);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "bin/setup.mjs")], {
      env: { ...process.env, npm_execpath: join(root, "npm.mjs") },
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "shield-setup-"));
    for (const folder of ["bin", "node_modules"]) mkdirSync(join(root, folder));
    cpSync(SCRIPT, join(root, "bin/setup.mjs"));
    write("package-lock.json", { seconds: 1_000 });
  });

  it("does nothing when what is installed is newer than the lock file", () => {
    write("node_modules/.package-lock.json", { seconds: 1_001 });
    expect(setup()).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it.each([
    { title: "nothing is installed", prepare: () => undefined },
    { title: "what is installed is older", prepare: () => write("node_modules/.package-lock.json", { seconds: 999 }) },
  ])("installs when $title", ({ prepare }) => {
    prepare();
    expect(setup()).toEqual({
      status: 0,
      stdout: "ci --include=dev --no-audit --no-fund\n",
      stderr: "setup: installing dependencies (npm ci)\n",
    });
  });

  it("fails when npm does", () => {
    const { status, stderr } = setup("process.exit(3)");
    expect(status).toBe(3);
    expect(stderr).toContain("setup: npm ci failed; mend what it names above and run this again\n");
  });
});
