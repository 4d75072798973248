import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveKey, deriveSealKey, encodeContext, keyedToken } from "#seal";

const KEY = new Uint8Array(32).fill(7);
const SALT = Uint8Array.of(1, 2, 3);

describe("encodeContext", () => {
  it("writes compact JSON in UTF-8", () => {
    expect(Buffer.from(encodeContext(["a", `"b"`, "é"])).toString()).toBe(`["a","\\"b\\"","é"]`);
  });

  it("gives different lists different bytes", () => {
    const parts = fc.array(fc.string({ unit: "binary", maxLength: 3 }), { maxLength: 3 });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const same = a.length === b.length && a.every((part, index) => part === b[index]);
        expect(Buffer.compare(encodeContext(a), encodeContext(b)) === 0).toBe(same);
      }),
    );
  });

  it("keeps lone surrogates apart", () => {
    expect(encodeContext(["\ud800"])).not.toEqual(encodeContext(["\ud801"]));
    expect(encodeContext(["\ud800"])).not.toEqual(encodeContext(["\\ud800"]));
  });
});

describe("keyedToken", () => {
  it("is HMAC-SHA-256 of the encoded parts in base64url", () => {
    const expected = createHmac("sha256", KEY).update(`["delivery","evt_1"]`).digest("base64url");
    expect(keyedToken(KEY, ["delivery", "evt_1"])).toBe(expected);
  });

  it("has 43 characters", () => {
    expect(keyedToken(KEY, [])).toMatch(/^[\w-]{43}$/);
  });

  it("depends on the key and on where parts end", () => {
    const tokens = [
      keyedToken(KEY, ["a", "bc"]),
      keyedToken(KEY, ["ab", "c"]),
      keyedToken(KEY, ["abc"]),
      keyedToken(SALT, ["abc"]),
    ];
    expect(new Set(tokens).size).toBe(tokens.length);
  });
});

describe("deriveKey", () => {
  it("is HKDF-SHA-256 with the encoded purpose as info", () => {
    const extracted = createHmac("sha256", SALT).update(KEY).digest();
    const expanded = createHmac("sha256", extracted).update(`["archive"]`).update(Uint8Array.of(1)).digest();
    expect([...deriveKey({ key: KEY, salt: SALT, purpose: ["archive"] })]).toEqual([...expanded]);
  });

  it("differs by key, salt and purpose", () => {
    const keys = [
      deriveKey({ key: KEY, salt: SALT, purpose: ["a"] }),
      deriveKey({ key: SALT, salt: SALT, purpose: ["a"] }),
      deriveKey({ key: KEY, salt: KEY, purpose: ["a"] }),
      deriveKey({ key: KEY, salt: SALT, purpose: ["b"] }),
    ];
    expect(new Set(keys.map(String)).size).toBe(keys.length);
  });
});

describe("deriveSealKey", () => {
  it("is the root key itself for an empty salt", () => {
    expect(deriveSealKey({ keyId: "k1", key: KEY, salt: new Uint8Array() })).toEqual(KEY);
  });

  it("is bound to the key id", () => {
    const one = deriveSealKey({ keyId: "k1", key: KEY, salt: SALT });
    const other = deriveSealKey({ keyId: "k2", key: KEY, salt: SALT });
    expect(one).toHaveLength(32);
    expect(one).not.toEqual(other);
  });
});
