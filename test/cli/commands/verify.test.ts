import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEYS, runCli, SHOP } from "#support/cli";

let cwd = "";
const world = () => ({ cwd, env: { SHIELD_KEYS: KEYS } });
const verify = (...rest: readonly string[]) => runCli(["verify", "out", ...rest], world());

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "shield-verify-"));
  const order = {
    source: "com.example.shop",
    "detail-type": "order.placed",
    id: "1",
    time: "2026-11-21T08:00:00Z",
    detail: { number: "n-1" },
  };
  writeFileSync(join(cwd, "events.ndjson"), `${JSON.stringify(order)}\n`);
  await runCli(["run", "events.ndjson", "--policies", SHOP, "--out", "out"], world());
});
afterAll(() => rmSync(cwd, { recursive: true }));

describe("shield verify", () => {
  it("says what is there when everything is as it was written", async () => {
    expect(await verify()).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^out is as it was written: \d+ deliveries in \d+ objects, \d+ bytes\n$/),
    });
  });

  it("names what is damaged, for readers and for programs", async () => {
    truncateSync(join(cwd, "out/.shield/journal"), 0);
    const { exitCode, stdout } = await verify();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^OUTPUT_DAMAGED: expected \d+ bytes of whole records at .*journal, got 0 bytes\n/);
    expect(stdout).toContain("put the whole directory back from a backup");
    expect(JSON.parse((await verify("--json")).stdout)).toMatchObject({ findings: [{ code: "OUTPUT_DAMAGED" }] });
  });

  it("names a lock that nobody can read", async () => {
    const lock = readdirSync(join(cwd, "out/.shield")).find((name) => name.startsWith("lock-")) ?? "";
    writeFileSync(join(cwd, "out/.shield", lock), "garbage");
    expect((await verify()).stdout).toContain(`expected the lock of a process, got something else at`);
  });

  it("tells where there is no output", async () => {
    const { exitCode, stderr } = await runCli(["verify", "none"], world());
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `error[CONFIG_INVALID]: expected an output directory of shield run, got none at ${join(cwd, "none")}\n`,
    });
  });
});
