import { beforeEach, describe, expect, it } from "vitest";
import type { Claim, ClaimLedger, Ledger, LedgerKey } from "#delivery";
import { ABSENT, advancedTo, OK } from "#delivery/answer";
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
    const advance = (fence: string, order: string) =>
      ledger.advance(keyOf("e"), lasting(claimOf(fence, { order })), { orderBelow: order, nowMs: NOW_MS });
    const settle = (fence: string, order: string, sequence: number) =>
      ledger.replace(keyOf("e"), lasting(claimOf(fence, { order, sequence, state: "done" })), { fence });
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await create();
    });

    it("takes the first state of an entity as number 1", async () => {
      expect(await advance("f1", "5")).toEqual(advancedTo(1));
    });

    it("counts on over each lower order that was sent", async () => {
      for (const [at, order] of ["2", "5", "6"].entries()) {
        expect(await advance(`f${at}`, order)).toEqual(advancedTo(at + 1));
        expect(await settle(`f${at}`, order, at + 1)).toEqual(OK);
      }
    });

    it("advances over a lower order whose sender let its lease run out", async () => {
      const late = lasting(claimOf("f1", { order: "5", leaseUntilMs: NOW_MS - 1 }));
      await ledger.advance(keyOf("e"), late, { orderBelow: "5", nowMs: NOW_MS });
      expect(await advance("f2", "6")).toEqual(advancedTo(2));
    });

    it.each([
      { title: "a lower order that is being sent", order: "5", state: "pending" },
      { title: "an equal order", order: "6", state: "done" },
      { title: "a higher order", order: "7", state: "done" },
    ] as const)("stops at $title", async ({ order, state }) => {
      await advance("f1", order);
      if (state === "done") await settle("f1", order, 1);
      const claim = expect.objectContaining({ fence: "f1", order, sequence: 1 });
      expect(await advance("f2", "6")).toEqual({ kind: "found", claim });
    });

    it("tells a worker of its own claim, whose response it may have missed", async () => {
      await advance("f1", "5");
      const claim = expect.objectContaining({ fence: "f1", sequence: 1 });
      expect(await advance("f1", "5")).toEqual({ kind: "found", claim });
    });

    it("lets one of many states of one order pass", async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => advance(`f${index}`, "5")));
      expect(answers.filter(({ kind }) => kind === "advanced")).toEqual([advancedTo(1)]);
    });

    it("compares orders as ASCII, character by character", async () => {
      for (const [at, order] of ["-", ".", "0", "9", "A", "Z", "_", "a", "z"].entries()) {
        expect(await advance(`f${at}`, order)).toEqual(advancedTo(at + 1));
        await settle(`f${at}`, order, at + 1);
      }
    });
  });
}

/** An entity's claim never expires. */
function lasting({ expiresMs: _, ...claim }: Claim): Claim {
  return claim;
}
