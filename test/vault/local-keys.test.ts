import { describe, expect, it } from "vitest";
import type { KeyScope, TokenPurpose } from "#keys";
import { openOne, seal } from "#seal";
import { createSeededRandom } from "#support/seeded-random";
import { createLocalKeys, type LocalKeys } from "#vault";
import { SCOPES } from "../keys/scopes.ts";

const STREAM = { processor: "ARCHIVE", generation: "g1" };
const ANN = { tenant: "acme", id: "ann" };
const AAD = Buffer.from("bound to");
const PLAINTEXT = Buffer.from("plain");

function keysOf(secret: string): LocalKeys {
  return createLocalKeys({ secret: createSeededRandom(secret)(32) });
}

function sealingOf(keys: LocalKeys, { stream = STREAM, tenant = "acme", person = "ann" } = {}) {
  const sealing = keys.ring().sealing(stream, tenant, person === "" ? [] : [{ tenant, id: person }]);
  if (sealing === "fenced") throw new Error("expected keys, got a fence");
  return sealing;
}

function sealedBy(keys: LocalKeys, of: Parameters<typeof sealingOf>[1] = {}): Uint8Array {
  const sealing = sealingOf(keys, of);
  const segments = [{ owners: sealing.people, plaintext: PLAINTEXT }];
  return seal({ keys: sealing, salt: createSeededRandom("salt")(32), aad: AAD, segments });
}

const TOKEN_SCOPES = SCOPES.filter(
  (scope): scope is KeyScope<TokenPurpose> => !/^(pseudonym|person|key name|seal of .*)$/.test(scope.purpose),
);

describe("createLocalKeys", () => {
  it("makes the same keys of the same secret, and others of another", async () => {
    const [one, same, other] = [keysOf("one"), keysOf("one"), keysOf("other")].map((keys) => keys.ring());
    for (const scope of TOKEN_SCOPES) {
      expect(one?.keyOf(scope)).toEqual(same?.keyOf(scope));
      expect(one?.keyOf(scope)).not.toEqual(other?.keyOf(scope));
    }
  });

  it("gives pseudonyms another key for every owner, tenant and kind", () => {
    const scope = { owner: { processor: "P" }, tenant: "acme", kind: "EMAIL" };
    const ring = keysOf("one").ring();
    const keys = [
      scope,
      { ...scope, owner: { processor: "Q" } },
      { ...scope, owner: { joinGroup: "P" } },
      { ...scope, tenant: "other" },
      { ...scope, kind: "PHONE" },
    ].map((each) => Buffer.from(ring.pseudonym(each).key).toString("hex"));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("seals with keys and locators that no two processors, generations, tenants or people share", () => {
    const keys = keysOf("one");
    const seen = [
      {},
      { stream: { ...STREAM, processor: "SEARCH" } },
      { stream: { ...STREAM, generation: "g2" } },
      { tenant: "other" },
      { person: "bob" },
    ].map((of) => sealingOf(keys, of).people[0]);
    expect(new Set(seen.map((owner) => owner?.locator)).size).toBe(seen.length);
    expect(new Set(seen.map((owner) => String(owner?.key))).size).toBe(seen.length);
  });

  it("names its keys after the processor and generation alone", () => {
    const keys = keysOf("one");
    const names = ["ann", "bob", ""].map((person) => sealingOf(keys, { person }).keyId);
    expect(new Set([...names, sealingOf(keys, { tenant: "other" }).keyId])).toEqual(new Set([keys.keyName(STREAM)]));
    expect(keys.keyName(STREAM)).not.toBe(keysOf("other").keyName(STREAM));
  });

  it.each([{ person: "ann" }, { person: "" }])("opens what it sealed for '$person'", ({ person }) => {
    const envelope = sealedBy(keysOf("one"), { person });
    const opened = openOne({ envelope, aad: AAD, keys: keysOf("one").opening(STREAM) });
    expect(opened.ok && Buffer.from(opened.plaintext).toString()).toBe("plain");
  });

  it("opens nothing that another secret, processor or generation sealed", () => {
    const envelope = sealedBy(keysOf("one"));
    for (const keys of [
      keysOf("other").opening(STREAM),
      keysOf("one").opening({ ...STREAM, processor: "SEARCH" }),
      keysOf("one").opening({ ...STREAM, generation: "g2" }),
    ]) {
      expect(openOne({ envelope, aad: AAD, keys })).toEqual({ ok: false, failure: "UNKNOWN_KEY" });
    }
  });

  it("fences nobody", async () => {
    expect((await keysOf("secret").open([ANN])).isFenced(ANN)).toBe(false);
  });
});
