import { describe, expect, it } from "vitest";
import { describeFailure } from "#cli/terminal/failure";
import { reportFailure } from "#cli/terminal/report-failure";
import { ConfigError } from "#errors";
import { createIo } from "#support/cli";

const systemError = (fields: object) => Object.assign(new Error("open failed"), fields);

describe("describeFailure", () => {
  it.each([
    {
      title: "an error of ours by its code and message",
      error: new ConfigError("expected a file, got a folder at in/"),
      code: "CONFIG_INVALID",
      message: "expected a file, got a folder at in/",
    },
    {
      title: "a full disk by what was tried",
      error: systemError({ errno: -28, code: "ENOSPC", syscall: "write", path: "out/a.ndjson" }),
      code: "FILE_SYSTEM",
      message: "expected to write out/a.ndjson, got ENOSPC (no space left on device)",
    },
    {
      title: "a defect by its name alone, since its message may quote data",
      error: new SyntaxError("Unexpected token 'j', \"jane@example.com\" is not valid JSON"),
      code: "UNEXPECTED",
      message: "expected no failure here, got SyntaxError",
    },
    { title: "what is no error", error: "x", code: "UNEXPECTED", message: "expected no failure here, got string" },
  ])("describes $title", ({ error, code, message }) => {
    expect(describeFailure(error)).toMatchObject({ code, message });
  });
});

describe("reportFailure", () => {
  const report = (error: Error, { json = false, env = {} } = {}) => {
    const { io, output } = createIo({ env });
    reportFailure(error, { io, json });
    return output();
  };
  const mistake = new ConfigError("expected a file, got none at x");
  const inUse = new ConfigError("expected to be alone, got process 7", { code: "OUTPUT_IN_USE" });

  it("says on stderr what is wrong, without a stack", () => {
    expect(report(mistake)).toEqual({
      stdout: "",
      stderr: "error[CONFIG_INVALID]: expected a file, got none at x\n",
    });
  });

  it("says what to do where the message does not", () => {
    expect(report(inUse).stderr).toBe(
      "error[OUTPUT_IN_USE]: expected to be alone, got process 7\n  help: Wait until it ends, or choose another directory with --out.\n",
    );
  });

  it("tells machines on stdout", () => {
    expect(JSON.parse(report(inUse, { json: true }).stdout)).toEqual({
      error: {
        code: "OUTPUT_IN_USE",
        message: "expected to be alone, got process 7",
        help: "Wait until it ends, or choose another directory with --out.",
      },
    });
  });

  it("adds the stack under SHIELD_DEBUG=1", () => {
    expect(report(mistake, { env: { SHIELD_DEBUG: "1" } }).stderr).toContain("failure.test.ts");
  });
});
