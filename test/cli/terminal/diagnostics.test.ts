import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderDiagnostics } from "#cli/terminal/diagnostics";
import type { Diagnostic } from "#errors";

const folder = mkdtempSync(join(tmpdir(), "shield-diagnostics-"));
writeFileSync(join(folder, "a.proto"), "line one\n\tstring ein = 3;\n");

const found: Diagnostic = {
  code: "POLICY_SYNTAX",
  file: "a.proto",
  line: 2,
  column: 9,
  message: "expected a class, got none",
  help: "write one",
};
const out = (isTTY: boolean) => ({ stderr: { write: () => undefined, isTTY }, env: { NO_COLOR: "1" } });

describe("renderDiagnostics", () => {
  it("shows the place with a caret on a terminal", () => {
    expect(renderDiagnostics([found], [folder], out(true))).toBe(
      [
        "a.proto:2:9: error[POLICY_SYNTAX]: expected a class, got none",
        "  2 | \tstring ein = 3;",
        "    | \t       ^",
        "  help: write one",
        "",
        "1 breach of the policy's rules",
        "",
      ].join("\n"),
    );
  });

  it("does without the place where the file is not there", () => {
    const missing = { ...found, file: "b.proto" };
    expect(renderDiagnostics([missing], [folder], out(true))).not.toContain(" | ");
  });

  it("writes plain lines elsewhere", () => {
    expect(renderDiagnostics([found, { ...found, line: 0 }], [folder], out(false))).toBe(
      [
        "a.proto:2:9: error[POLICY_SYNTAX]: expected a class, got none",
        "  help: write one",
        "",
        "a.proto: error[POLICY_SYNTAX]: expected a class, got none",
        "  help: write one",
        "",
        "2 breaches of the policy's rules",
        "",
      ].join("\n"),
    );
  });
});
