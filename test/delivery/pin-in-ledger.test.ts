import { describe, expect, it } from "vitest";
import { UNKNOWN } from "#delivery/answer";
import { pinInLedger } from "#delivery/pin-in-ledger";
import { DeliveryError } from "#errors";
import { MemoryLedger } from "#support/memory-ledger";

const STREAM = { processor: "LAKE", generation: "g1", keys: "AAAAAAAAAAAAAAAAAAAAAA", delivery: "d1" };
/** Long after anything else has expired. */
const YEARS_LATER_MS = Date.UTC(2100, 0);

describe("pinInLedger", () => {
  const pinned = async () => {
    const ledger = new MemoryLedger(() => YEARS_LATER_MS);
    await pinInLedger(STREAM, "p1", ledger);
    return ledger;
  };

  it("lets a generation go on under its keys, whatever the policy is otherwise", async () => {
    const ledger = await pinned();
    await expect(pinInLedger(STREAM, "p2", ledger)).resolves.toBeUndefined();
  });

  it("refuses a secret that was replaced, and says what to do", async () => {
    const ledger = await pinned();
    await expect(pinInLedger({ ...STREAM, keys: "BAAAAAAAAAAAAAAAAAAAAA" }, "p1", ledger)).rejects.toMatchObject({
      code: "OUTPUT_OTHER_KEYS",
      message:
        'expected the keys "AAAAAAAAAAAAAAAAAAAAAA" of LAKE g1 in the ledger table, got "BAAAAAAAAAAAAAAAAAAAAA": ids would change; put the former value back into the processor\'s secret, or deploy it as a new generation (`generation` in processors.proto)',
    });
  });

  it("refuses records that are carried in another way", async () => {
    const ledger = await pinned();
    await expect(pinInLedger({ ...STREAM, delivery: "d2" }, "p1", ledger)).rejects.toMatchObject({
      code: "OUTPUT_OTHER_POLICY",
    });
  });

  it("begins another generation and another processor under any keys", async () => {
    const ledger = await pinned();
    const keys = "BAAAAAAAAAAAAAAAAAAAAA";
    await pinInLedger({ ...STREAM, keys, generation: "g2" }, "p1", ledger);
    await expect(pinInLedger({ ...STREAM, keys, processor: "OTHER" }, "p1", ledger)).resolves.toBeUndefined();
  });

  it("starts nothing while the ledger does not answer", async () => {
    const silent = { insert: async () => UNKNOWN, replace: async () => UNKNOWN };
    await expect(pinInLedger(STREAM, "p1", silent)).rejects.toThrow(DeliveryError);
  });
});
