import { describe, expect, it } from "vitest";
import { ConfigError } from "#errors";
import { createSafeLog, type SafeFields } from "#lambdas/runtime/safe-log";

const EMAIL = "ann@example.com";

describe("createSafeLog", () => {
  it("writes codes, counts, places and durations", () => {
    const fields: SafeFields = {
      code: "REQUIRED_FIELD",
      place: { at: "data.object.email" },
      type: "string",
      count: 3,
      durationMs: 12,
      skipped: { duplicate: 2 },
      retried: { OUT_OF_TIME: 1 },
    };
    expect(written(fields)).toEqual({ ...fields, place: "data.object.email" });
  });

  it("never shows an undeclared name", () => {
    expect(written({ place: { at: "data", undeclared: EMAIL } })).toEqual({ place: "data.?" });
  });

  it.each<readonly [string, object]>([
    ["a code that is none", { code: EMAIL }],
    ["a type that is none", { type: EMAIL }],
    ["a count that is none", { count: EMAIL }],
    ["counts by names that are none", { skipped: { [EMAIL]: 1 }, retried: { [EMAIL]: 1 } }],
    ["counts that are none", { skipped: { duplicate: EMAIL } }],
    ["a field that is not in the list", { email: EMAIL, toString: EMAIL }],
  ])("leaves out %s, whatever the types were told", (_, fields) => {
    expect(written(fields as SafeFields)).toEqual({});
  });

  it("writes the message of our own errors", () => {
    const failure = new ConfigError("expected a, got b");
    expect(written({ failure })).toMatchObject({ failure: { name: "CONFIG_INVALID", message: "expected a, got b" } });
  });

  it.each<readonly [string, unknown, string]>([
    ["another error", new SyntaxError(`Unexpected token in "${EMAIL}"`), "SyntaxError"],
    [
      "an error with lines like frames",
      new TypeError(`x\n    at ${EMAIL} (a.js:1:1)\n    at b (${EMAIL}.js:1:1)`),
      "TypeError",
    ],
    ["an error named by data", Object.assign(new Error("x"), { name: EMAIL }), "Error"],
    [
      "an error whose stack was rewritten",
      Object.assign(new Error("x"), { stack: `${EMAIL}\n    at ${EMAIL}.js:1:1` }),
      "Error",
    ],
    [
      "an error whose message was replaced",
      Object.assign(new TypeError(`x\n    at b (${EMAIL}.js:1:1)`), { message: "y" }),
      "TypeError",
    ],
    ["a text", EMAIL, "string"],
    ["an object", { message: EMAIL }, "object"],
  ])("quotes nothing of %s", (_, failure, name) => {
    const line = written({ failure });
    expect(JSON.stringify(line)).not.toContain("example");
    expect(line).toMatchObject({ failure: { name } });
  });

  it("says where an error was thrown", () => {
    const { failure } = written({ failure: new TypeError(EMAIL) }) as { failure: { frames: readonly string[] } };
    expect(failure.frames[0]).toMatch(/^safe-log\.test\.ts:\d+:\d+$/);
  });
});

function written(fields: SafeFields): unknown {
  const lines: unknown[] = [];
  const write = (_: string, line: unknown) => void lines.push(line);
  createSafeLog("CONSUMER", { info: write, warn: write, error: write }).info("batch enforced", fields);
  return lines[0];
}
