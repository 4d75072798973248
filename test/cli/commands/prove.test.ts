import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createProve } from "#cli/commands/prove";
import { PROOF_PARTS } from "#cli/prove/proof-parts";
import { DELIVERED } from "#delivery";
import { shippedPoliciesDir } from "#policy";
import type { Parts } from "#proof";
import { createIo, runCli } from "#support/cli";
import { PLANTED_LEAKS } from "../../proof/planted-leaks.ts";
import { POLICY_FOLDER } from "../../proof/policy.ts";

/** The small policy with the language alone, as `--policies` takes it. */
const POLICIES = mkdtempSync(join(tmpdir(), "shield-prove-"));
for (const name of readdirSync(POLICY_FOLDER)) symlinkSync(join(POLICY_FOLDER, name), join(POLICIES, name));
mkdirSync(join(POLICIES, "auth0"));
symlinkSync(join(shippedPoliciesDir(), "auth0", "proto"), join(POLICIES, "auth0", "proto"));
afterAll(() => rmSync(POLICIES, { recursive: true }));

const CALL = ["prove", "--policies", POLICIES, "--canaries", "1"];

async function proveWith(parts: Partial<Parts>, world: Parameters<typeof createIo>[0] = {}) {
  const { io, output } = createIo(world);
  const options = { policies: POLICIES, canaries: "1", seed: "1" };
  const exitCode = await createProve({ ...PROOF_PARTS, ...parts }).run({ operands: [], options }, io);
  return { exitCode, ...output() };
}

function leakNamed(name: string): Partial<Parts> {
  return PLANTED_LEAKS.find((leak) => leak.name === name)!.parts;
}

describe("shield prove", () => {
  it("tells what was done and who saw what", async () => {
    const { exitCode, stdout, stderr } = await runCli(CALL);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^policy [0-9a-f]{12} for Space local, seed 1$/);
    expect(lines[1]).toMatch(/^[\d,]+ canaries in \d+ events; \d+ MB in \d+ channels searched$/);
    expect(lines[2]).toMatch(/^[\d,]+ comparisons of outputs of events that differ in one respect$/);
    expect(lines[3]).toMatch(/^a leak that shows in one of 100 events is missed with a probability of [\d.e-]+%$/);
    expect(stdout).toMatch(/^processor +class +planted +allowed +found as allowed +leaked$/m);
    expect(stdout).toMatch(/^ARCHIVE +PUBLIC +\d+ +\d+ +\d+ +0$/m);
    expect(stdout).toMatch(/\nnothing leaked\n$/);
  });

  it("writes the whole result for programs", async () => {
    const { exitCode, stdout } = await runCli([...CALL, "--json"]);
    const result = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ ok: true, seed: "1", leaks: [], unplanted: [], blind: [] });
    expect(result.table[0]).toEqual({
      processor: "ARCHIVE",
      class: "PUBLIC",
      planted: 29,
      allowed: 22,
      found: 22,
      leaked: 0,
    });
  });

  it("names path, processor and channel of a leak, and ends with 1", async () => {
    const { exitCode, stdout } = await proveWith(leakNamed("a mask that keeps one character too many"));
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      "leak: SEARCH, payload: proof.User (user.created) data.object.name declared: it is no form that the cell allows, ",
    );
    expect(stdout).toMatch(/^ +PII +\d+ +\d+ +\d+ +[1-9]\d*$/m);
    expect(stdout).toMatch(/\n\d+ leaks?\n$/);
  });

  it("names no more leaks than can be read", async () => {
    const { stdout } = await proveWith(leakNamed("a log line of the enforcer with the record"));
    expect(stdout.match(/^leak: log: /gm)).toHaveLength(40);
    expect(stdout).toMatch(/^and \d+ more; --json has all of them$/m);
  });

  it("tells what was not proved", async () => {
    const blind = () => ({ deliver: async (batch: readonly unknown[]) => batch.map(() => DELIVERED) });
    const { exitCode, stdout } = await proveWith({ sinkOf: blind });
    expect(exitCode).toBe(1);
    expect(stdout).toContain("not proved: ARCHIVE saw nothing of PII, of which it may see something\n");
    expect(stdout).toMatch(/\n\d+ gaps in the proof\n$/);
  });

  it("shows on a terminal how far it is, and takes that away", async () => {
    let seconds = 0;
    const nowMs = () => {
      seconds++;
      return Date.UTC(2026, 10, 22) + seconds * 1_000;
    };
    const { stderr } = await proveWith({}, { terminal: true, nowMs });
    expect(stderr).toContain("0 canaries in 0 events, no leak so far");
    expect(stderr).toContain("searched for, comparing outputs, no leak so far");
    expect(stderr.endsWith("\r\u001b[K")).toBe(true);
  });

  it("stops when the user asks for it", async () => {
    const { exitCode, stdout, stderr } = await proveWith({}, { interrupt: AbortSignal.abort() });
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 130, stdout: "", stderr: "stopped: nothing is proved\n" });
  });

  it.each(["0", "-1", "1.5", "many", "1e12"])("refuses %s canaries", async (count) => {
    const { exitCode, stderr } = await runCli(["prove", "--canaries", count]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`expected a number of canaries from 1 to 100,000,000, got "${count}"`);
  });

  it("has examples in its help", async () => {
    const { stdout } = await runCli(["prove", "--help"]);
    expect(stdout).toContain("shield prove --canaries 1000000");
    expect(stdout).toContain("Exit codes:");
  });
});
