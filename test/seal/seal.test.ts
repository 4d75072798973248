import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OpeningKeys, OwnerKey } from "#keys";
import { fromText, open, openOne, parseHeader, type SealInput, seal, sealContext, toText } from "#seal";
import { openByTheBook } from "./open-by-the-book.ts";
import { bytesOf, type SealVector, VECTORS } from "./vectors.ts";

const [FIELD, , RECORD] = VECTORS as [SealVector, SealVector, SealVector];

function inputOf(vector: SealVector): SealInput {
  const { keyId, tenant, people, segments } = vector;
  const owners: readonly OwnerKey[] = people.map(({ locator, key }) => ({ locator, key: bytesOf(key) }));
  return {
    keys: { keyId, key: bytesOf(vector.key), tenant, tenantKey: bytesOf(vector.tenantKey) },
    salt: bytesOf(vector.salt),
    aad: sealContext(vector.place),
    segments: segments.map((segment) => ({
      owners: segment.owners.flatMap((at) => owners[at] ?? []),
      plaintext: Buffer.from(segment.plaintext),
    })),
  };
}

/** `forget` = locators of people who are erased. */
function keysFor({ keyId, key, tenantKey, people }: SealVector, forget: readonly string[] = []): OpeningKeys {
  const known = people.filter(({ locator }) => !forget.includes(locator));
  const keyOf = (wanted: string) => {
    const found = known.find(({ locator }) => locator === wanted);
    return found && bytesOf(found.key);
  };
  return {
    keyId,
    key: bytesOf(key),
    tenantKey: () => bytesOf(tenantKey),
    personKey: (_, locator) => keyOf(locator),
  };
}

const ENVELOPE = bytesOf(FIELD.envelope);
const AAD = sealContext(FIELD.place);
const KEYS = keysFor(FIELD);

function failureOf(change: Partial<Parameters<typeof open>[0]>): string {
  const opened = openOne({ envelope: ENVELOPE, aad: AAD, keys: KEYS, ...change });
  return opened.ok ? "opened" : opened.failure;
}

describe("the committed vectors", () => {
  it.each(VECTORS)("are what is written of $title", (vector) => {
    expect(Buffer.from(seal(inputOf(vector))).toString("base64url")).toBe(vector.envelope);
  });

  it.each(VECTORS)("open by the documentation alone: $title", (vector) => {
    expect(openByTheBook(vector)).toEqual(vector.segments.map(({ plaintext }) => plaintext));
  });

  it.each(VECTORS)("open: $title", (vector) => {
    const opened = open({ envelope: bytesOf(vector.envelope), aad: sealContext(vector.place), keys: keysFor(vector) });
    const texts = opened.ok && opened.segments.map((each) => each.ok && Buffer.from(each.plaintext).toString());
    expect(texts).toEqual(vector.segments.map(({ plaintext }) => plaintext));
  });
});

describe("segments", () => {
  it("stay closed where one of their owners is erased, and only they", () => {
    const [ann = ""] = RECORD.people.map(({ locator }) => locator);
    const input = { envelope: bytesOf(RECORD.envelope), aad: sealContext(RECORD.place) };
    const opened = open({ ...input, keys: keysFor(RECORD, [ann]) });
    expect(opened.ok && opened.segments.map(({ ok }) => ok)).toEqual([false, true, false, true]);
    expect(opened.ok && opened.segments[0]).toMatchObject({ people: [ann], failure: "UNKNOWN_KEY" });
  });

  it("open only in their place", () => {
    const { segments, ...input } = inputOf(RECORD);
    const [first, second] = segments.map((segment) => seal({ ...input, segments: [segment, segment] }));
    const mixed = Uint8Array.from(first ?? []);
    mixed.set((second ?? mixed).subarray(-60), mixed.length - 60);
    const opened = open({ envelope: mixed, aad: input.aad, keys: keysFor(RECORD) });
    expect(opened.ok).toBe(false);
  });

  it("cannot be left out at the end", () => {
    const { segments, ...input } = inputOf(RECORD);
    const whole = seal({ ...input, segments });
    const parsed = parseHeader(whole);
    const last = parsed.ok ? parsed.header.segments.at(-1) : undefined;
    const cut = Uint8Array.from(whole.subarray(0, whole.length - 36 - (last?.sealed.length ?? 0)));
    cut[(parsed.ok ? parsed.header.segmentsAt : 0) - 1]! -= 1;
    expect(parseHeader(cut).ok).toBe(true);
    expect(open({ envelope: cut, aad: input.aad, keys: keysFor(RECORD) })).toEqual({ ok: false, failure: "TAMPERED" });
  });

  it("of a record do not pass for a field", () => {
    expect(
      openOne({ envelope: bytesOf(RECORD.envelope), aad: sealContext(RECORD.place), keys: keysFor(RECORD) }),
    ).toEqual({ ok: false, failure: "TAMPERED" });
  });
});

describe("seal", () => {
  const input = inputOf(FIELD);
  const owner = (number: number): OwnerKey => ({ locator: `p${number}`, key: bytesOf(FIELD.key) });
  const owners = (count: number) => Array.from({ length: count }, (_, number) => owner(number));

  it.each<{ title: string; change: Partial<SealInput>; message: string }>([
    {
      title: "a short key",
      change: { keys: { ...input.keys, key: new Uint8Array(31) } },
      message: "expected a key of 32 bytes, got 31",
    },
    {
      title: "a short key of a tenant",
      change: { keys: { ...input.keys, tenantKey: new Uint8Array(16) } },
      message: "expected a key of 32 bytes, got 16",
    },
    {
      title: "a short key of a person",
      change: { segments: [{ owners: [{ locator: "p", key: new Uint8Array(1) }], plaintext: new Uint8Array() }] },
      message: "expected a key of 32 bytes, got 1",
    },
    { title: "a short salt", change: { salt: new Uint8Array(16) }, message: "expected a salt of 32 bytes, got 16" },
    {
      title: "another key id",
      change: { keys: { ...input.keys, keyId: "k1" } },
      message: "expected a key id of 16 bytes, got 1",
    },
    { title: "no segment", change: { segments: [] }, message: "expected 1 to 255 segments, got 0" },
    {
      title: "33 people",
      change: { segments: [{ owners: owners(33), plaintext: new Uint8Array() }] },
      message: "expected 0 to 32 people, got 33",
    },
  ])("refuses $title", ({ change, message }) => {
    expect(() => seal({ ...input, ...change })).toThrow(new RangeError(message));
  });

  it("is opened whatever the plaintexts and owners are", () => {
    const segment = fc.record({ owners: fc.subarray(owners(32)), plaintext: fc.uint8Array({ maxLength: 100 }) });
    const keys = { ...KEYS, personKey: () => bytesOf(FIELD.key) };
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), fc.string(), (segments, tenant) => {
        const envelope = seal({ ...input, keys: { ...input.keys, tenant }, segments });
        const opened = open({ envelope, aad: AAD, keys });
        expect(opened).toMatchObject({ ok: true, tenant: Buffer.from(tenant).toString() });
        expect(opened.ok && opened.segments.map((each) => each.ok && [...each.plaintext])).toEqual(
          segments.map(({ plaintext }) => [...plaintext]),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("shows nothing of the person: with other salts, seals of one person are no more alike than of two", () => {
    const sealed = [1, 2].map((byte) => seal({ ...input, salt: new Uint8Array(32).fill(byte) }));
    const parsed = sealed.map((envelope) => parseHeader(envelope));
    const parts = parsed.flatMap((each) =>
      each.ok ? [each.header.commitment, each.header.locator, ...each.header.segments.map(({ head }) => head)] : [],
    );
    expect(new Set(parts.map(String)).size).toBe(6);
  });

  it("is as long for one person as for nobody", () => {
    const nobody = seal({ ...input, segments: input.segments.map(({ plaintext }) => ({ owners: [], plaintext })) });
    expect(nobody).toHaveLength(seal(input).length);
  });
});

describe("open", () => {
  it("notices a change of any bit", () => {
    for (let bit = 0; bit < ENVELOPE.length * 8; bit++) {
      const changed = Uint8Array.from(ENVELOPE);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(failureOf({ envelope: changed })).not.toBe("opened");
    }
  });

  it("takes no shorter or longer envelope", () => {
    for (let length = 0; length < ENVELOPE.length; length++) {
      const failure = length < 3 ? "NOT_AN_ENVELOPE" : "TAMPERED";
      expect(failureOf({ envelope: ENVELOPE.subarray(0, length) })).toBe(failure);
    }
    expect(failureOf({ envelope: Buffer.concat([ENVELOPE, Uint8Array.of(0)]) })).toBe("TAMPERED");
  });

  it.each<{ title: string; change: Partial<Parameters<typeof open>[0]>; failure: string }>([
    { title: "another delivery", change: placed({ deliveryId: "delivery-2" }), failure: "TAMPERED" },
    { title: "another place", change: placed({ path: "/data/object/name" }), failure: "TAMPERED" },
    { title: "another processor", change: placed({ processor: "SEARCH" }), failure: "TAMPERED" },
    { title: "another key id", change: { keys: { ...KEYS, keyId: "AAAAAAAAAAAAAAAAAAAAAA" } }, failure: "UNKNOWN_KEY" },
    { title: "another key", change: { keys: { ...KEYS, key: bytesOf(FIELD.tenantKey) } }, failure: "WRONG_KEY" },
    {
      title: "another person's key",
      change: { keys: { ...KEYS, personKey: () => bytesOf(FIELD.tenantKey) } },
      failure: "WRONG_KEY",
    },
    { title: "an erased person", change: { keys: { ...KEYS, personKey: () => undefined } }, failure: "UNKNOWN_KEY" },
    { title: "other data", change: { envelope: Buffer.from(`{"a":1}`) }, failure: "NOT_AN_ENVELOPE" },
    { title: "no data", change: { envelope: new Uint8Array() }, failure: "NOT_AN_ENVELOPE" },
    { title: "another version", change: { envelope: withByte(3, 2) }, failure: "OTHER_VERSION" },
    { title: "another suite", change: { envelope: withByte(4, 2) }, failure: "OTHER_VERSION" },
    { title: "another commitment", change: { envelope: withByte(53, 0) }, failure: "WRONG_KEY" },
  ])("tells $title by $failure", ({ change, failure }) => {
    expect(failureOf(change)).toBe(failure);
  });

  it("opens no envelope with two keys: whoever puts in the commitment of another loses the first", () => {
    const { keys, ...input } = inputOf(FIELD);
    const other = { ...keys, key: bytesOf(FIELD.tenantKey) };
    const forged = Uint8Array.from(ENVELOPE);
    forged.set(seal({ ...input, keys: other }).subarray(53, 85), 53);
    expect(failureOf({ envelope: forged })).toBe("WRONG_KEY");
    expect(failureOf({ envelope: forged, keys: { ...KEYS, key: other.key } })).toBe("TAMPERED");
  });

  it("refuses a key of another length", () => {
    const keys = { ...KEYS, key: new Uint8Array(16) };
    expect(() => open({ envelope: ENVELOPE, aad: AAD, keys })).toThrow("expected a key of 32 bytes, got 16");
  });

  function placed(change: Partial<SealVector["place"]>) {
    return { aad: sealContext({ ...FIELD.place, ...change }) };
  }

  function withByte(index: number, byte: number): Uint8Array {
    const envelope = Uint8Array.from(ENVELOPE);
    envelope[index] = byte;
    return envelope;
  }
});

describe("parseHeader", () => {
  it("reads what an envelope says openly", () => {
    const parsed = parseHeader(ENVELOPE);
    expect(parsed).toMatchObject({ ok: true, header: { keyId: FIELD.keyId, salt: bytesOf(FIELD.salt) } });
  });

  it("is total over any bytes", () => {
    const anything = fc
      .uint8Array({ maxLength: 260, minLength: 0 })
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
    { title: "a space", text: `${toText(ENVELOPE)} ` },
    { title: "bits that no byte has", text: "es.AB" },
    { title: "nothing", text: "" },
  ])("take no text with $title", ({ text }) => {
    expect(fromText(text)).toBeUndefined();
  });
});
