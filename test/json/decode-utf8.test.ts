import { describe, expect, it } from "vitest";
import { decodeUtf8 } from "#json";

describe("decodeUtf8", () => {
  it.each([
    ["plain text", [0x61, 0x62], "ab"],
    ["nothing", [], ""],
    ["an accent", [0xc3, 0xa9], "é"],
    ["a character beyond the first plane", [0xf0, 0x9f, 0x98, 0x80], "\u{1f600}"],
    ["a byte order mark, which it keeps", [0xef, 0xbb, 0xbf, 0x61], "\ufeffa"],
  ])("decodes %s", (_, bytes, text) => {
    expect(decodeUtf8(Uint8Array.from(bytes))).toBe(text);
  });

  it.each([
    ["Latin-1", [0xe9]],
    ["a truncated character", [0x61, 0xc3]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["an encoded surrogate", [0xed, 0xa0, 0x80]],
    ["a code point above U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
  ])("refuses %s", (_, bytes) => {
    expect(decodeUtf8(Uint8Array.from(bytes))).toBeUndefined();
  });

  it("reads only its own part of a shared buffer", () => {
    expect(decodeUtf8(Uint8Array.from([0xff, 0x61, 0xff]).subarray(1, 2))).toBe("a");
  });
});
