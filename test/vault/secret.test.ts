import { describe, expect, it } from "vitest";
import { ConfigError } from "#errors";
import { makeSecret, readSecret, writeSecret } from "#vault";

const SECRET = Uint8Array.from({ length: 32 }, (_, index) => 255 - index * 7);

describe("readSecret", () => {
  it.each([
    { title: "what writeSecret writes", text: writeSecret(SECRET) },
    { title: "base64", text: Buffer.from(SECRET).toString("base64") },
    { title: "hex", text: Buffer.from(SECRET).toString("hex") },
    { title: "upper-case hex", text: Buffer.from(SECRET).toString("hex").toUpperCase() },
    { title: "white space around it", text: `  ${writeSecret(SECRET)}\r\n` },
  ])("reads $title", ({ text }) => {
    expect(readSecret(text)).toEqual(SECRET);
  });

  it.each([
    { text: "", length: 0 },
    { text: "hunter2", length: 7 },
    { text: writeSecret(SECRET.subarray(1)), length: 42 },
    { text: `${writeSecret(SECRET)}AA`, length: 45 },
    { text: `${writeSecret(SECRET).slice(1)}é`, length: 43 },
  ])("refuses a text of $length characters without telling it", ({ text, length }) => {
    expect(() => readSecret(text)).toThrow(
      new ConfigError(
        `expected the key as 43 characters of base64url, got ${length} characters; make one with \`openssl rand -hex 32\``,
      ),
    );
  });

  it("refuses a secret that is one byte over and over", () => {
    expect(() => readSecret("0".repeat(64))).toThrow(
      new ConfigError("expected a random key, got one byte 32 times; make one with `openssl rand -hex 32`"),
    );
  });
});

describe("makeSecret", () => {
  it("asks for 32 random bytes", () => {
    expect(makeSecret((length) => SECRET.subarray(0, length))).toEqual(SECRET);
  });
});
