import { describe, expect, it } from "vitest";
import { printable, printableJson, printableLines } from "#cli/terminal/printable";

describe("printable", () => {
  it.each([
    ["text as it is", "Zoë 陽子 ✋ 👩", "Zoë 陽子 ✋ 👩"],
    ["an escape sequence", "\u001b[2J", "\\u001b[2J"],
    ["a C1 control", "\u009b2J", "\\u009b2J"],
    ["a line break", "a\r\nb", "a\\u000d\\u000ab"],
    ["text that is turned around", "a\u202eb", "a\\u202eb"],
    ["a name that cannot be seen", "\u200b\ufeff", "\\u200b\\ufeff"],
    ["a line separator", "\u2028", "\\u2028"],
    ["a lone surrogate", "\ud800", "\\ud800"],
    ["a tag beyond the first plane", "\u{e0041}", "\\udb40\\udc41"],
  ])("shows %s", (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it("keeps lines apart where they are wanted", () => {
    expect(printableLines("a\n\tb\n")).toBe("a\n\\u0009b\n");
  });

  it("writes JSON that reads as the same value", () => {
    const value = { "\u001b": ["\u009b\u202e\u{e0041}", "ok"] };
    const text = printableJson(value);
    expect(text).toMatch(/^[ -~]*$/);
    expect(JSON.parse(text)).toEqual(value);
  });
});
