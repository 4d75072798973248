import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPack } from "#auth0";
import { runCli } from "#support/cli";

const ROOT = new URL("../..", import.meta.url).pathname;

describe("shield auth0 update", () => {
  const folder = mkdtempSync(join(tmpdir(), "shield-auth0-"));
  const policies = join(folder, "policies");
  const newer = join(folder, "schemas");
  beforeAll(() => {
    cpSync(join(ROOT, "policies"), policies, { recursive: true });
    cpSync(join(ROOT, "policies/auth0/schemas"), newer, { recursive: true, filter: (path) => !path.endsWith(".json") });
    const login = structuredClone(readPack(join(policies, "auth0")).schemas.logs.get("s"));
    Object.assign(login?.properties?.["details"]?.properties ?? {}, { passkey_label: { type: "string" } });
    for (const [type, schema] of readPack(join(policies, "auth0")).schemas.logs)
      writeFileSync(join(newer, `${type}.schema.json`), JSON.stringify(type === "s" ? login : schema));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("finds no drift in the shipped pack", async () => {
    expect(await runCli(["auth0", "update"])).toEqual({
      exitCode: 0,
      stdout: "no drift: the pack matches the official schemas\n",
      stderr: "",
    });
  });

  it("names drift, for people and programs, and changes nothing", async () => {
    const before = readFileSync(join(policies, "auth0/logs/v1/login.proto"));
    const { exitCode, stdout } = await runCli(["auth0", "update", "--from", newer, "--policies", policies]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("details.passkey_label (string), proposed PII, FREE_TEXT, about TARGET, in s\n");
    const json = await runCli(["auth0", "update", "--from", newer, "--policies", policies, "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      drift: true,
      feeds: [{ feed: "logs", newFields: [{ path: "details.passkey_label", types: ["s"] }] }, { feed: "events" }],
    });
    expect(readFileSync(join(policies, "auth0/logs/v1/login.proto"))).toEqual(before);
  });

  it("takes drift over, and then finds none", async () => {
    const written = await runCli(["auth0", "update", "--from", newer, "--policies", policies, "--write"]);
    expect(written.exitCode).toBe(0);
    expect(written.stdout).toContain("wrote logs/v1/login.proto\n");
    const again = await runCli(["auth0", "update", "--from", newer, "--policies", policies]);
    expect(again).toMatchObject({
      exitCode: 0,
      stdout:
        "1 difference waits for a review in schemas/review.json\nno drift: the pack matches the official schemas\n",
    });
  });

  it.each([
    ["nothing", "expected a folder with Auth0's schemas, got"],
    ["policies/deployments", "expected Auth0's schemas in"],
  ])("refuses a folder with %s", async (name, message) => {
    const { exitCode, stderr } = await runCli(["auth0", "update", "--from", join(folder, name)]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe("shield auth0 sample", () => {
  it("writes the same events for the same seed", async () => {
    const [one, same, other] = await Promise.all(
      ["1", "1", "2"].map((seed) => runCli(["auth0", "sample", "--count", "50", "--seed", seed])),
    );
    expect(one?.exitCode).toBe(0);
    expect(one?.stdout.trim().split("\n")).toHaveLength(50);
    expect(one?.stdout).toBe(same?.stdout);
    expect(one?.stdout).not.toBe(other?.stdout);
  });

  it("writes one type, as its feed brings it", async () => {
    const { stdout } = await runCli(["auth0", "sample", "--type", "fp", "--count", "3", "--feed", "eventbridge"]);
    const types = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).detail.data.type);
    expect(types).toEqual(["fp", "fp", "fp"]);
  });

  it.each([
    [["--type", "sapii"], "did you mean sapi?"],
    [["--count", "-1"], "expected a whole number after --count"],
    [["--feed", "pigeon"], "expected eventbridge, webhook, logs after --feed"],
    [["--type", "user.created", "--feed", "logs"], "expected an event type after --type"],
  ])("refuses %j", async (options, message) => {
    const { exitCode, stderr } = await runCli(["auth0", "sample", ...options]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});
