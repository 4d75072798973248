import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const SCRIPT = new URL("../../bin/check-lock.mjs", import.meta.url).pathname;

/** Runs the script in a repository of its own with this lock file. */
function checkLock(packages: object) {
  const root = mkdtempSync(join(tmpdir(), "shield-lock-"));
  mkdirSync(join(root, "bin"));
  cpSync(SCRIPT, join(root, "bin/check-lock.mjs"));
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages }));
  const { status, stderr } = spawnSync(process.execPath, [join(root, "bin/check-lock.mjs")], { encoding: "utf8" });
  return { status, stderr };
}

describe("check-lock", () => {
  it("accepts the root, links and packages with a version", () => {
    const packages = { "": { name: "x" }, "node_modules/a": { version: "1.0.0" }, "node_modules/b": { link: true } };
    expect(checkLock(packages)).toEqual({ status: 0, stderr: "" });
  });

  it("names each package without a version", () => {
    expect(checkLock({ "node_modules/a": { version: "1.0.0" }, "node_modules/b": { optional: true } })).toEqual({
      status: 1,
      stderr:
        'package-lock.json: expected a version, got none at packages["node_modules/b"]\n' +
        "The registry lacks these packages: pin a version of their parent that it has, then run npm install.\n",
    });
  });
});
