import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { BUGS } from "./bugs/index.ts";
import { MUTANT_KINDS, plant } from "./mutant.ts";

const ROOT = new URL("../..", import.meta.url).pathname;

const RUN = ["--import", "tsx", "test/mutants/run.ts", "--one-of-each"];

describe.each(BUGS)("the bug $name", (mutant) => {
  it("can be planted", () => {
    const text = readFileSync(join(ROOT, mutant.file), "utf8");
    expect(plant(mutant, text)).not.toBe(text);
  });
});

describe("the tests", () => {
  it("find a planted bug of each kind", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, RUN, { cwd: ROOT });
    expect(stdout.trim().split("\n").at(-1)).toBe(`${MUTANT_KINDS.length} planted, 0 survived`);
  });
});
