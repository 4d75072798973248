import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derive, deriveRoot, encodeContext, keyedToken, keyName, scopeParts } from "#keys";
import { SCOPES } from "./scopes.ts";

const ROOT = new Uint8Array(32).fill(7);
const OTHER = new Uint8Array(32).fill(8);

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
    const expected = createHmac("sha256", ROOT).update(`["AUTH0_EVENTS","evt_1"]`).digest("base64url");
    expect(keyedToken(ROOT, ["AUTH0_EVENTS", "evt_1"])).toBe(expected);
  });

  it("depends on the key and on where parts end", () => {
    const tokens = [
      keyedToken(ROOT, []),
      keyedToken(ROOT, ["a", "bc"]),
      keyedToken(ROOT, ["ab", "c"]),
      keyedToken(ROOT, ["abc"]),
      keyedToken(OTHER, ["abc"]),
    ];
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(tokens.every((token) => /^[\w-]{43}$/.test(token))).toBe(true);
  });
});

describe("derive", () => {
  it("is HKDF-SHA-512 without salt, with the scope as info", () => {
    const extracted = createHmac("sha512", Buffer.alloc(0)).update(ROOT).digest();
    const info = `["event-shield","key","v1","delivery","P","g1","acme"]`;
    const expanded = createHmac("sha512", extracted).update(info).update(Uint8Array.of(1)).digest().subarray(0, 32);
    const scope = { purpose: "delivery", processor: "P", generation: "g1", tenant: "acme" } as const;
    expect([...derive(ROOT, scope)]).toEqual([...expanded]);
  });

  it("gives another key for every purpose, and for every change of one part", () => {
    const keys = SCOPES.map((scope) => Buffer.from(derive(ROOT, scope)).toString("hex"));
    expect(new Set(keys).size).toBe(SCOPES.length);
  });

  it("shares nothing between two roots", () => {
    for (const scope of SCOPES) expect(derive(ROOT, scope)).not.toEqual(derive(OTHER, scope));
  });

  it("refuses a scope without one of its parts", () => {
    const incomplete = { purpose: "delivery", processor: "P", generation: "g1" } as never;
    expect(() => derive(ROOT, incomplete)).toThrow(new RangeError("expected the tenant that a key is for, got none"));
  });
});

describe("deriveRoot", () => {
  it("depends on every character of a secret, and is no key of it", () => {
    const roots = ["a".repeat(64), `${"a".repeat(63)}b`].map((text) => deriveRoot(Buffer.from(text)));
    expect(roots[0]).toHaveLength(32);
    expect(roots[0]).not.toEqual(roots[1]);
  });
});

describe("keyName", () => {
  it("tells roots, processors and generations apart in 22 characters", () => {
    const names = [
      keyName(ROOT, { processor: "P", generation: "g1" }),
      keyName(ROOT, { processor: "Q", generation: "g1" }),
      keyName(ROOT, { processor: "P", generation: "g2" }),
      keyName(OTHER, { processor: "P", generation: "g1" }),
    ];
    expect(new Set(names).size).toBe(4);
    expect(names.every((name) => /^[\w-]{22}$/.test(name))).toBe(true);
  });
});

describe("scopeParts", () => {
  it("takes a processor and a join group of one name for two owners", () => {
    const scope = { purpose: "pseudonym", tenant: "acme", kind: "EMAIL", epoch: 1 } as const;
    expect(scopeParts({ ...scope, owner: { processor: "FRAUD" } })).not.toEqual(
      scopeParts({ ...scope, owner: { joinGroup: "FRAUD" } }),
    );
  });
});
