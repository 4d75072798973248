import { describe, expect, it } from "vitest";
import { createPaint } from "#cli/terminal/paint";

const output = (isTTY: boolean) => ({ write: () => undefined, isTTY });

describe("createPaint", () => {
  it("colours on a terminal", () => {
    expect(createPaint(output(true), {}).red("x")).toBe("\u001b[31mx\u001b[39m");
  });

  it.each([
    { title: "elsewhere", isTTY: false, env: {} },
    { title: "under NO_COLOR", isTTY: true, env: { NO_COLOR: "1" } },
    { title: "on a dumb terminal", isTTY: true, env: { TERM: "dumb" } },
  ])("leaves text as it is $title", ({ isTTY, env }) => {
    expect(createPaint(output(isTTY), env).red("x")).toBe("x");
  });
});
