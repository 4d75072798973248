import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeContext, fromText, open, parseHeader, type SealInput, seal, toText } from "#seal";

const KEY = Uint8Array.from({ length: 32 }, (_, index) => index);
const NONCE = Uint8Array.from({ length: 12 }, (_, index) => 0xa0 + index);
const AAD = encodeContext(["delivery-1", "data.object.email", "FRAUD_DETECTION"]);
const ALICE: SealInput = {
  keyId: "k1",
  key: KEY,
  nonce: NONCE,
  aad: AAD,
  plaintext: Buffer.from(`"alice@example.com"`),
};

/** The test vector of lib/seal/README.md. */
const VECTOR_TEXT = readFileSync(new URL("../../lib/seal/README.md", import.meta.url), "utf8").match(
  /\| text \| `(.*)` \|/,
)?.[1];

const ring = { findKey: () => KEY };

describe("seal", () => {
  it("writes the bytes of the documented format", async () => {
    const header = [0xe5, 0x5e, 0xa1, 1, 1, 2, ...Buffer.from("k1"), 0, ...NONCE];
    const rest = await sealWithWebCrypto(Buffer.concat([Uint8Array.from(header), AAD]));
    expect([...seal(ALICE)]).toEqual([...header, ...rest]);
  });

  it("writes the salt behind the key id", () => {
    const envelope = seal({ ...ALICE, salt: Uint8Array.of(7, 8, 9) });
    expect([...envelope.subarray(0, 12)]).toEqual([0xe5, 0x5e, 0xa1, 1, 1, 2, 0x6b, 0x31, 3, 7, 8, 9]);
  });

  it("gives the test vector of the README", () => {
    expect(toText(seal(ALICE))).toBe(VECTOR_TEXT);
  });

  it.each([
    { title: "a short key", input: { key: KEY.subarray(1) }, message: "expected a key of 32 bytes, got 31" },
    { title: "a long nonce", input: { nonce: new Uint8Array(16) }, message: "expected a nonce of 12 bytes, got 16" },
    {
      title: "a long salt",
      input: { salt: new Uint8Array(256) },
      message: "expected a salt of at most 255 bytes, got 256",
    },
    {
      title: "an empty key id",
      input: { keyId: "" },
      message: 'expected a key id of 1 to 255 visible ASCII characters, got ""',
    },
    {
      title: "a key id with a space",
      input: { keyId: "k 1" },
      message: 'expected a key id of 1 to 255 visible ASCII characters, got "k 1"',
    },
  ])("refuses $title", ({ input, message }) => {
    expect(() => seal({ ...ALICE, ...input })).toThrow(new RangeError(message));
  });

  async function sealWithWebCrypto(additionalData: Uint8Array): Promise<Uint8Array> {
    const key = await crypto.subtle.importKey("raw", KEY, "AES-GCM", false, ["encrypt"]);
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: NONCE, additionalData }, key, ALICE.plaintext);
    return new Uint8Array(sealed);
  }
});

describe("open", () => {
  it("gives back what was sealed", () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    const input = fc.record({
      keyId: fc.string({ unit: fc.constantFrom("k", "/", "~", "!"), minLength: 1, maxLength: 255 }),
      key: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      salt: fc.uint8Array({ maxLength: 255 }),
      nonce: fc.uint8Array({ minLength: 12, maxLength: 12 }),
      aad: bytes,
      plaintext: bytes,
    });
    fc.assert(
      fc.property(input, (given) => {
        const opened = open({ envelope: seal(given), aad: given.aad, findKey: () => given.key });
        expect(opened).toMatchObject({ ok: true, header: { keyId: given.keyId } });
        expect(opened.ok && [...opened.plaintext]).toEqual([...given.plaintext]);
        expect(opened.ok && [...opened.header.salt]).toEqual([...given.salt]);
      }),
    );
  });

  it("asks for the key by the header", () => {
    const asked: unknown[] = [];
    const envelope = seal({ ...ALICE, salt: Uint8Array.of(5) });
    const opened = open({
      envelope,
      aad: AAD,
      findKey: ({ keyId, salt }) => {
        asked.push([keyId, ...salt]);
        return undefined;
      },
    });
    expect({ opened, asked }).toEqual({ opened: { ok: false, failure: "UNKNOWN_KEY" }, asked: [["k1", 5]] });
  });

  it("notices a change of any bit", () => {
    const envelope = seal(ALICE);
    for (let bit = 0; bit < envelope.length * 8; bit++) {
      const changed = Uint8Array.from(envelope);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(open({ envelope: changed, aad: AAD, ...ring })).toMatchObject({ ok: false });
    }
  });

  it("takes no shorter or longer envelope", () => {
    const envelope = seal(ALICE);
    for (let length = 0; length < envelope.length; length++) {
      const failure = length < 3 ? "NOT_AN_ENVELOPE" : "TAMPERED";
      expect(open({ envelope: envelope.subarray(0, length), aad: AAD, ...ring })).toEqual({ ok: false, failure });
    }
    expect(open({ envelope: Buffer.concat([envelope, Uint8Array.of(0)]), aad: AAD, ...ring })).toEqual({
      ok: false,
      failure: "TAMPERED",
    });
  });

  it.each([
    { title: "another context", change: { aad: encodeContext(["delivery-2"]) }, failure: "TAMPERED" },
    { title: "another key", change: { findKey: () => new Uint8Array(32) }, failure: "TAMPERED" },
    { title: "no key", change: { findKey: () => undefined }, failure: "UNKNOWN_KEY" },
    { title: "other data", change: { envelope: Buffer.from(`{"a":1}`) }, failure: "NOT_AN_ENVELOPE" },
    { title: "no data", change: { envelope: new Uint8Array() }, failure: "NOT_AN_ENVELOPE" },
    { title: "another version", change: { envelope: withByte(3, 2) }, failure: "OTHER_VERSION" },
    { title: "another algorithm", change: { envelope: withByte(4, 2) }, failure: "OTHER_VERSION" },
    { title: "a key id that cannot be", change: { envelope: withByte(6, 0x20) }, failure: "TAMPERED" },
  ])("tells $title by $failure", ({ change, failure }) => {
    expect(open({ envelope: seal(ALICE), aad: AAD, ...ring, ...change })).toEqual({ ok: false, failure });
  });

  it("refuses a key of another length", () => {
    const input = { envelope: seal(ALICE), aad: AAD, findKey: () => new Uint8Array(16) };
    expect(() => open(input)).toThrow(new RangeError("expected a key of 32 bytes, got 16"));
  });

  function withByte(index: number, byte: number): Uint8Array {
    const envelope = seal(ALICE);
    envelope[index] = byte;
    return envelope;
  }
});

describe("parseHeader", () => {
  it("reads what an envelope says openly", () => {
    expect(parseHeader(seal({ ...ALICE, salt: Uint8Array.of(1, 2) }))).toEqual({
      ok: true,
      header: { keyId: "k1", salt: Uint8Array.of(1, 2), nonce: NONCE, bytes: 23 },
    });
  });

  it("is total over any bytes", () => {
    const anything = fc
      .uint8Array({ maxLength: 60 })
      .map((bytes) => Buffer.concat([Uint8Array.of(0xe5, 0x5e, 0xa1, 1, 1), bytes]));
    fc.assert(fc.property(anything, (bytes) => typeof parseHeader(bytes).ok === "boolean"));
  });
});

describe("toText and fromText", () => {
  it("are inverse to each other", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect([...(fromText(toText(bytes)) ?? [])]).toEqual([...bytes]);
      }),
    );
  });

  it("use characters that every header, URL and CSV cell takes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(toText(bytes)).toMatch(/^es\.[\w-]*$/);
      }),
    );
  });

  it.each([
    { title: "no prefix", text: "5V6hAQE" },
    { title: "padding", text: `${toText(Uint8Array.of(1))}==` },
    { title: "standard base64", text: "es.+/8" },
    { title: "a space", text: `${toText(NONCE)} ` },
    { title: "bits that no byte has", text: "es.AB" },
    { title: "nothing", text: "" },
  ])("take no text with $title", ({ text }) => {
    expect(fromText(text)).toBeUndefined();
  });
});
