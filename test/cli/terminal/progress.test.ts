import { describe, expect, it } from "vitest";
import { createProgress } from "#cli/terminal/progress";

function createTerminal(isTTY: boolean) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const stderr = { write: (text: string) => written.push(text), isTTY, columns: 10 };
  return { written, clock, progress: createProgress({ stderr, nowMs: () => clock.ms }) };
}

describe("createProgress", () => {
  it("draws at most every 100 ms, within the width, and takes the line away", () => {
    const { written, clock, progress } = createTerminal(true);
    progress.show("one");
    progress.show("two");
    clock.ms = 100;
    progress.show("a text that is too long");
    progress.clear();
    progress.clear();
    expect(written).toEqual(["\r\u001b[Kone", "\r\u001b[Ka text th", "\r\u001b[K"]);
  });

  it("writes nothing where no terminal shows it", () => {
    const { written, progress } = createTerminal(false);
    progress.show("one");
    progress.clear();
    expect(written).toEqual([]);
  });
});
