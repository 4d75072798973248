import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "#support/cli";

const README = readFileSync("README.md", "utf8");

/** The publicly known keys under which `npm start` runs. */
const DEMO_KEYS = /DEMO_KEYS = "([\w-]+)"/.exec(readFileSync("bin/demo.mjs", "utf8"))?.[1] ?? "";
const ENV = { SHIELD_KEYS: DEMO_KEYS };

describe("the README shows what is printed today", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "readme-"));
    for (const name of ["processors.proto", "overlays.proto", "outputs", "deployments", "examples/company"]) {
      cpSync(join("policies", name), join(folder, name), { recursive: true });
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const editCompany = (field: string) => {
    const original = readFileSync("policies/examples/company/company.proto", "utf8");
    const edited = original.replace("  string url = 4;", `  string url = 4;\n  ${field}`);
    writeFileSync(join(folder, "examples/company/company.proto"), edited);
  };
  const check = async () => {
    const { stdout, stderr } = await runCli(["check", "--policies", "."], { cwd: folder, env: ENV });
    return `${stderr}${stdout}`.trim();
  };

  it("by npm start", async () => {
    const out = join(folder, "out");
    const { stdout, exitCode } = await runCli(["run", "policies/examples/events", "--out", out], { env: ENV });
    expect(exitCode).toBe(0);
    const table = stdout.slice(0, stdout.indexOf("\n\n"));
    expect(README).toContain(table);
    expect(README).toContain(/193 events.*/.exec(stdout)?.[0]);
  });

  it("by the tour, for a field without a class", async () => {
    editCompany("string owner_email = 5;");
    expect(README).toContain(await check());
  });

  it("by the tour, for a ceiling", async () => {
    const [, field = ""] = /\n(string owner_email = 5 \[[\s\S]*?\];)\n/.exec(README) ?? [];
    editCompany(field.replace(/\s+/g, " ").replace("[ ", "[").replace(" ];", "];"));
    expect(README).toContain(await check());
  });

  it("by the tour, for a policy that holds", async () => {
    const [, field = ""] = /\n(string owner_email = 5 \[[\s\S]*?\];)\n/.exec(README) ?? [];
    editCompany(field.replace(/\s+/g, " ").replace("transforms: []", "transforms: { mask_email: {} }"));
    expect(README).toContain(await check());
  });

  it("by explain", async () => {
    const { stdout } = await runCli(["explain", "--field", "data.object.email"], { env: ENV });
    expect(README).toContain(stdout.trim());
  });
});
