import { beforeEach, describe, expect, it } from "vitest";
import type { Claim, ClaimLedger, Ledger, LedgerKey } from "#delivery";
import { ABSENT, OK } from "#delivery/answer";
import { idOf } from "#support/deliveries";

/** Prepares a ledger that knows the streams of {@link CONTRACT_STREAMS}. */
export type LedgerFactory<Of extends ClaimLedger> = () => Promise<Of>;

export const CONTRACT_STREAMS = [
  { processor: "ARCHIVE", generation: "g1" },
  { processor: "ARCHIVE", generation: "g2" },
  { processor: "WAREHOUSE", generation: "g1" },
] as const;

const NOW_MS = Date.now();

function keyOf(name: string, stream = 0): LedgerKey {
  return { ...(CONTRACT_STREAMS[stream] ?? CONTRACT_STREAMS[0]), id: idOf(name) };
}

function claimOf(fence: string, rest: Partial<Claim> = {}): Claim {
  return {
    fence,
    objectKey: `objects/${fence}`,
    state: "pending",
    leaseUntilMs: NOW_MS + 60_000,
    expiresMs: NOW_MS + 86_400_000,
    ...rest,
  };
}

/** What every ledger keeps to: claims that hold until somebody who knows their fence replaces them. */
export function claimLedgerContract(name: string, create: LedgerFactory<ClaimLedger>): void {
  describe(`${name} as a claim ledger`, () => {
    let ledger: ClaimLedger;
    beforeEach(async () => {
      ledger = await create();
    });

    it("writes a claim where there is none", async () => {
      expect(await ledger.insert(keyOf("a"), claimOf("f1"))).toEqual(OK);
    });

    it("tells whose claim is in the way", async () => {
      await ledger.insert(keyOf("a"), claimOf("f1"));
      const { fence, objectKey, state, leaseUntilMs } = claimOf("f1");
      const found = expect.objectContaining({ fence, objectKey, state, leaseUntilMs });
      expect(await ledger.insert(keyOf("a"), claimOf("f2"))).toEqual({ kind: "found", claim: found });
    });

    it("tells a worker of its own claim, whose response it may have missed", async () => {
      await ledger.insert(keyOf("a"), claimOf("f1"));
      const again = await ledger.insert(keyOf("a"), claimOf("f1"));
      expect(again).toEqual({ kind: "found", claim: expect.objectContaining({ fence: "f1" }) });
    });

    it("keeps events, processors and generations apart", async () => {
      const keys = [keyOf("a"), keyOf("b"), keyOf("a", 1), keyOf("a", 2)];
      for (const [index, key] of keys.entries()) expect(await ledger.insert(key, claimOf(`f${index}`))).toEqual(OK);
    });

    it("lets one of many at the same time win", async () => {
      const fences = Array.from({ length: 20 }, (_, index) => `f${index}`);
      const answers = await Promise.all(fences.map((fence) => ledger.insert(keyOf("a"), claimOf(fence))));
      expect(answers.filter(({ kind }) => kind === "ok")).toHaveLength(1);
    });

    it("replaces the claim with the fence that is named", async () => {
      await ledger.insert(keyOf("a"), claimOf("f1"));
      expect(await ledger.replace(keyOf("a"), claimOf("f2"), { fence: "f1" })).toEqual(OK);
      expect(await ledger.insert(keyOf("a"), claimOf("f3"))).toEqual({
        kind: "found",
        claim: expect.objectContaining({ fence: "f2", objectKey: "objects/f2" }),
      });
    });

    it("leaves a claim with another fence alone", async () => {
      await ledger.insert(keyOf("a"), claimOf("f1"));
      const refused = await ledger.replace(keyOf("a"), claimOf("f3"), { fence: "f2" });
      expect(refused).toEqual({ kind: "found", claim: expect.objectContaining({ fence: "f1" }) });
    });

    it("replaces nothing where there is nothing", async () => {
      expect(await ledger.replace(keyOf("a"), claimOf("f2"), { fence: "f1" })).toEqual(ABSENT);
    });

    it("lets one of many takeovers win", async () => {
      await ledger.insert(keyOf("a"), claimOf("f"));
      const fences = Array.from({ length: 20 }, (_, index) => `f${index}`);
      const answers = await Promise.all(
        fences.map((fence) => ledger.replace(keyOf("a"), claimOf(fence), { fence: "f" })),
      );
      expect(answers.filter(({ kind }) => kind === "ok")).toHaveLength(1);
    });
  });
}

/** What ledgers keep to that order the states of entities too. */
export function orderingLedgerContract(name: string, create: LedgerFactory<Ledger>): void {
  describe(`${name} as an ordering ledger`, () => {
    const advanceTo = (version: bigint) => ({ versionBelow: version, nowMs: NOW_MS });
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await create();
    });

    it("takes the first version of an entity", async () => {
      expect(await ledger.replace(keyOf("e"), claimOf("f1", { version: 5n }), advanceTo(5n))).toEqual(OK);
    });

    it("advances over a lower version that was sent", async () => {
      await ledger.insert(keyOf("e"), claimOf("f1", { version: 5n, state: "done" }));
      expect(await ledger.replace(keyOf("e"), claimOf("f2", { version: 6n }), advanceTo(6n))).toEqual(OK);
    });

    it("advances over a lower version whose sender let its lease run out", async () => {
      await ledger.insert(keyOf("e"), claimOf("f1", { version: 5n, leaseUntilMs: NOW_MS - 1 }));
      expect(await ledger.replace(keyOf("e"), claimOf("f2", { version: 6n }), advanceTo(6n))).toEqual(OK);
    });

    it.each([
      { title: "a lower version that is being sent", there: claimOf("f1", { version: 5n }) },
      { title: "an equal version", there: claimOf("f1", { version: 6n, state: "done" }) },
      { title: "a higher version", there: claimOf("f1", { version: 7n, state: "done" }) },
    ])("stops at $title", async ({ there }) => {
      await ledger.insert(keyOf("e"), there);
      const refused = await ledger.replace(keyOf("e"), claimOf("f2", { version: 6n }), advanceTo(6n));
      expect(refused).toEqual({
        kind: "found",
        claim: expect.objectContaining({ fence: "f1", version: there.version }),
      });
    });

    it("keeps versions up to 2^53", async () => {
      const version = 2n ** 53n - 1n;
      await ledger.insert(keyOf("e"), claimOf("f1", { version, state: "done" }));
      const refused = await ledger.replace(keyOf("e"), claimOf("f2", { version }), advanceTo(version));
      expect(refused).toEqual({ kind: "found", claim: expect.objectContaining({ version }) });
    });
  });
}
