import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { MUTANT_KINDS } from "./mutant.ts";

const RUN = ["--import", "tsx", "test/mutants/run.ts", "--one-of-each"];

describe("the tests", () => {
  it("find a planted bug of each kind", async () => {
    const cwd = new URL("../..", import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, RUN, { cwd });
    expect(stdout.trim().split("\n").at(-1)).toBe(`${MUTANT_KINDS.length} planted, 0 survived`);
  });
});
