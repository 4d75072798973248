import { describe, expect, it } from "vitest";
import { COMMANDS } from "#cli/commands";
import { runCli } from "#support/cli";

describe("shield", () => {
  it("tells its version", async () => {
    expect(await runCli(["--version"])).toEqual({ exitCode: 0, stdout: "0.0.0\n", stderr: "" });
  });

  it("lists every command", async () => {
    const { exitCode, stdout, stderr } = await runCli(["--help"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    for (const { name, summary } of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${name} +${summary}$`, "m"));
  });

  it("shows its help and fails where nothing is asked of it", async () => {
    const { exitCode, stdout, stderr } = await runCli([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toBe((await runCli(["--help"])).stdout);
  });

  it.each(COMMANDS.map(({ name }) => ({ name })))("explains $name with examples that parse", async ({ name }) => {
    const { exitCode, stdout } = await runCli([name, "--help"]);
    expect(exitCode).toBe(0);
    expect((await runCli(["help", name])).stdout).toBe(stdout);
    const options = new Set(stdout.match(/--[a-z]+/g));
    const examples = stdout.slice(stdout.indexOf("Examples:")).match(/^ {2}.*shield .*$/gm) ?? [];
    expect(examples.length).toBeGreaterThan(1);
    for (const option of examples.join(" ").match(/--[a-z]+/g) ?? []) expect(options).toContain(option);
  });

  it.each([
    { argv: ["chekc"], message: "unknown command 'chekc' (Did you mean check?)" },
    { argv: ["check", "--polices", "x"], message: "unknown option '--polices' (Did you mean --policies?)" },
    { argv: ["check", "--space"], message: "option '--space <name>' argument missing" },
    { argv: ["check", "extra"], message: "too many arguments for 'check'. Expected 0 arguments but got 1." },
  ])("refuses $argv in one line", async ({ argv, message }) => {
    expect(await runCli(argv)).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `error[CONFIG_INVALID]: ${message}; shield --help lists commands and options\n`,
    });
  });

  it("tells programs of wrong usage too", async () => {
    const { stdout } = await runCli(["check", "--json", "extra"]);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "CONFIG_INVALID" } });
  });
});
