import { describe, expect, it } from "vitest";
import { parseLogIdTime } from "../../lib/feeds/log-id-time.ts";

describe("parseLogIdTime", () => {
  it.each(["90020251014181558941147000000000000001223372090887881367", "80020251014181558941147"])(
    "reads the time in %s",
    (logId) => {
      expect(new Date(parseLogIdTime(logId) ?? Number.NaN).toISOString()).toBe("2025-10-14T18:15:58.941Z");
    },
  );

  it.each([
    "",
    "1",
    "90020251414181558941147",
    "70020251014181558941147",
    "900202510141815589",
    "evt_0000000000000000000001",
  ])("finds none in %j", (logId) => {
    expect(parseLogIdTime(logId)).toBeUndefined();
  });
});
