import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { scratchFolder } from "#support/services/cache";
import { node24Folder } from "#support/services/node24";

const ROOT = new URL("../..", import.meta.url).pathname;

describe("the npm package, installed in an empty folder", () => {
  const folder = scratchFolder("package");
  const app = join(folder, "app");
  const installed = join(app, "node_modules", "event-shield");
  const env = { ...process.env, HOME: folder, XDG_CACHE_HOME: "", XDG_CONFIG_HOME: "", SHIELD_KEYS: "" };

  const shield = (args: readonly string[], path = process.env["PATH"]) => {
    const { status, stdout, stderr } = spawnSync("npx", ["--no-install", "shield", ...args], {
      cwd: app,
      env: { ...env, PATH: path },
      encoding: "utf8",
    });
    return { status, stdout, stderr: stderr.replace(/^npm warn .*\n/gm, "") };
  };

  beforeAll(() => {
    const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
      cwd: ROOT,
      encoding: "utf8",
    });
    const [{ filename }] = JSON.parse(packed.slice(packed.indexOf("[\n"))) as [{ filename: string }];
    mkdirSync(app);
    execFileSync("npm", ["init", "--yes"], { cwd: app });
    execFileSync("npm", ["install", "--no-audit", "--no-fund", join(folder, filename)], { cwd: app, env });
  });

  it("brings neither other packages nor sources nor test data", () => {
    expect(readdirSync(join(app, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["event-shield"]);
    expect(readdirSync(installed).sort()).toEqual(["LICENSE", "README.md", "dist", "package.json", "policies"]);
    expect(readFileSync(join(installed, "dist", "THIRD-PARTY-LICENCES.txt"), "utf8")).toContain("commander 14");
  });

  it("runs the shipped policy without buf", () => {
    const { status, stdout, stderr } = shield([
      "run",
      "node_modules/event-shield/policies/examples/events",
      "--out",
      "out",
    ]);
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringMatching(/^made new keys in /) });
    expect(stdout).toMatch(/^ARCHIVE +1\d\d /m);
    const report = JSON.parse(readFileSync(join(app, "out", "report.json"), "utf8"));
    expect(report.events).toBeGreaterThan(100);
    expect(report.malformed).toBe(0);
    expect(readFileSync(join(app, "out", "OPENSEARCH", "bulk.ndjson"), "utf8")).not.toBe("");
  });

  it("shows the shipped policy without buf", () => {
    expect(shield(["check"])).toMatchObject({ status: 0, stderr: "" });
    expect(shield(["explain", "--field", "data.object.email"]).stdout).toContain("mask_email");
  });

  it("says what a policy of one's own needs", () => {
    const { status, stderr } = shield(["check", "--policies", join(ROOT, "test/fixtures/policies/shop")]);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^error\[CONFIG_INVALID\]: expected the package @bufbuild\/buf.*npm install --save-dev @bufbuild\/buf@/,
    );
  });

  it("runs on Node 24 as well", async () => {
    const path = `${await node24Folder()}${delimiter}${process.env["PATH"]}`;
    const run = shield(["run", "node_modules/event-shield/policies/examples/events", "--out", "out"], path);
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(readFileSync(join(app, "out", "report.json"), "utf8")).processors.ARCHIVE.delivered).toBe(0);
  });
});
