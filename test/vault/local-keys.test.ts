import { describe, expect, it } from "vitest";
import type { BatchKeys } from "#delivery";
import { open, parseHeader, seal } from "#seal";
import { createSeededRandom } from "#support/seeded-random";
import { createLocalKeys, type LocalKeys } from "#vault";

const ANN = { role: "TARGET", id: "ann" } as const;
const NONCE = new Uint8Array(12);
const AAD = Buffer.from("bound to");
const PLAINTEXT = Buffer.from("plain");

function keysOf(secret: string, seed = "batch"): LocalKeys {
  return createLocalKeys({ secret: createSeededRandom(secret)(32), random: createSeededRandom(seed) });
}

/** Every key of a batch that is there for its own purpose, by name. */
function keysIn(keys: BatchKeys): Readonly<Record<string, string>> {
  const all = {
    ledger: keys.ledger(),
    transport: keys.transport("P", "g1"),
    "transport of another generation": keys.transport("P", "g2"),
    "transport of another processor": keys.transport("Q", "g1"),
    pseudonym: keys.pseudonym({ scope: "P", kind: "EMAIL", tenant: "acme" }).key,
    "pseudonym of another scope": keys.pseudonym({ scope: "Q", kind: "EMAIL", tenant: "acme" }).key,
    "pseudonym of another kind": keys.pseudonym({ scope: "P", kind: "PHONE", tenant: "acme" }).key,
    "pseudonym of another tenant": keys.pseudonym({ scope: "P", kind: "EMAIL", tenant: "other" }).key,
    seal: sealKey(keys, "P").key,
    "seal of another processor": sealKey(keys, "Q").key,
    "seal for a person": sealKey(keys, "P", ANN).key,
    "seal for another person": sealKey(keys, "P", { ...ANN, id: "bob" }).key,
  };
  return Object.fromEntries(Object.entries(all).map(([name, key]) => [name, Buffer.from(key).toString("hex")]));
}

function sealKey(keys: BatchKeys, processor: string, subject?: typeof ANN | { role: "TARGET" | "ACTOR"; id: string }) {
  const key = keys.seal(processor, subject);
  if (key === "fenced") throw new Error("expected a key, got a fence");
  return key;
}

describe("createLocalKeys", () => {
  it("has a key of its own for every purpose", async () => {
    const keys = Object.values(keysIn(await keysOf("secret").open([])));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.every((key) => key.length === 64)).toBe(true);
  });

  it("makes the same keys of the same secret, except those that seal", async () => {
    const [one, other] = [await keysOf("secret", "a").open([]), await keysOf("secret", "b").open([])];
    const same = Object.entries(keysIn(one)).filter(([name, key]) => keysIn(other)[name] === key);
    expect(same.map(([name]) => name)).toEqual(Object.keys(keysIn(one)).filter((name) => !name.startsWith("seal")));
  });

  it("makes other keys of another secret", async () => {
    const [one, other] = [keysIn(await keysOf("one").open([])), keysIn(await keysOf("other").open([]))];
    expect(Object.keys(one).filter((name) => one[name] === other[name])).toEqual([]);
  });

  it("names a secret by 8 characters that tell it from others", () => {
    expect(keysOf("secret").name).toMatch(/^[\w-]{8}$/);
    expect(keysOf("secret").name).toBe(keysOf("secret", "another batch").name);
    expect(keysOf("secret").name).not.toBe(keysOf("other").name);
  });

  it("seals for a person under one key id in whatever role, and shows neither id nor secret in it", async () => {
    const keys = await keysOf("secret").open([]);
    const { keyId } = sealKey(keys, "ARCHIVE", ANN);
    expect(keyId).toBe(sealKey(keys, "ARCHIVE", { role: "ACTOR", id: "ann" }).keyId);
    expect(keyId).toMatch(/^[\w-]{8}:ARCHIVE:[\w-]{43}$/);
  });

  it.each([{ subject: ANN }, { subject: undefined }])(
    "opens what any batch sealed for $subject",
    async ({ subject }) => {
      const key = sealKey(await keysOf("secret", "then").open([]), "ARCHIVE", subject);
      const envelope = seal({ ...key, nonce: NONCE, aad: AAD, plaintext: PLAINTEXT });
      const opened = open({ envelope, aad: AAD, findKey: keysOf("secret", "now").findKey });
      expect(opened).toMatchObject({ ok: true, plaintext: PLAINTEXT });
    },
  );

  it("knows no key of an envelope that another secret sealed", async () => {
    const key = sealKey(await keysOf("other").open([]), "ARCHIVE", ANN);
    const parsed = parseHeader(seal({ ...key, nonce: NONCE, aad: AAD, plaintext: PLAINTEXT }));
    expect(parsed.ok && keysOf("secret").findKey(parsed.header)).toBeUndefined();
  });

  it("fences nobody", async () => {
    expect((await keysOf("secret").open([ANN])).isFenced(ANN)).toBe(false);
  });
});
