import { describe, expect, it } from "vitest";
import { ABSENT, type Answer, foundClaim, OK, UNKNOWN } from "#delivery/answer";
import type { Claim, Ledger, LedgerKey } from "#delivery/ports";
import { createUnmarked } from "#delivery/protocols/unmarked";
import { createManualClock } from "#support/manual-clock";

const keyOf = (id: string): LedgerKey => ({ processor: "P", generation: "g1", id });
const claimOf = (fence: string): Claim => ({ fence, state: "pending", leaseUntilMs: 5, expiresMs: 9 });

describe("createUnmarked", () => {
  it("knows a claim by its fence, until it is taken", () => {
    const unmarked = createUnmarked();
    unmarked.add(keyOf("a"), claimOf("f"));
    expect(unmarked.has(keyOf("a"), claimOf("f"))).toBe(true);
    expect(unmarked.has(keyOf("a"), claimOf("other"))).toBe(false);
    expect(unmarked.has(keyOf("b"), claimOf("f"))).toBe(false);
    expect(unmarked.take(keyOf("a"), claimOf("other"))).toBe(false);
    expect(unmarked.take(keyOf("a"), claimOf("f"))).toBe(true);
    expect(unmarked.has(keyOf("a"), claimOf("f"))).toBe(false);
  });

  it("marks each once, over its own claim", async () => {
    const unmarked = createUnmarked();
    const { context, written } = ledgerOf(OK);
    for (const id of ["a", "b"]) unmarked.add(keyOf(id), claimOf(`fence of ${id}`));
    await unmarked.mark(context);
    await unmarked.mark(context);
    expect(written).toEqual(
      ["a", "b"].map((id) => [id, { ...claimOf(`fence of ${id}`), state: "done" }, { fence: `fence of ${id}` }]),
    );
    expect(unmarked.take(keyOf("a"), claimOf("fence of a"))).toBe(true);
  });

  it.each([UNKNOWN, ABSENT])("stops at the first of which nobody knows, and keeps them all: $kind", async (answer) => {
    const unmarked = createUnmarked();
    const { context, written } = ledgerOf(answer);
    for (const id of ["a", "b"]) unmarked.add(keyOf(id), claimOf("f"));
    await unmarked.mark(context);
    expect(new Set(written.map(([id]) => id))).toEqual(new Set(["a"]));
    expect(["a", "b"].map((id) => unmarked.has(keyOf(id), claimOf("f")))).toEqual([true, true]);
  });

  it("forgets what somebody else has claimed since, and goes on", async () => {
    const unmarked = createUnmarked();
    const { context, written } = ledgerOf(foundClaim(claimOf("other")));
    for (const id of ["a", "b"]) unmarked.add(keyOf(id), claimOf("f"));
    await unmarked.mark(context);
    expect(written.map(([id]) => id)).toEqual(["a", "b"]);
    expect(["a", "b"].map((id) => unmarked.has(keyOf(id), claimOf("f")))).toEqual([false, false]);
  });

  it("takes five seconds of a batch at most", async () => {
    const unmarked = createUnmarked();
    const { context, deadlines } = ledgerOf(OK);
    for (const [id, deadlineMs] of [
      ["a", 20_000],
      ["b", 4_000],
    ] as const) {
      unmarked.add(keyOf(id), claimOf("f"));
      await unmarked.mark({ ...context, deadlineMs });
    }
    expect(deadlines).toEqual([5_000, 4_000]);
  });

  it("remembers the last ten thousand", () => {
    const unmarked = createUnmarked();
    for (let id = 0; id <= 10_000; id++) unmarked.add(keyOf(`${id}`), claimOf("f"));
    expect([0, 1, 10_000].map((id) => unmarked.has(keyOf(`${id}`), claimOf("f")))).toEqual([false, true, true]);
  });
});

/** A ledger at time 0 that says the same of every mark. */
function ledgerOf(answer: Answer<"ok" | "found" | "absent" | "unknown">) {
  const written: (readonly [string, Claim, object])[] = [];
  const deadlines: (number | undefined)[] = [];
  const replace: Ledger["replace"] = async ({ id }, claim, when, deadlineMs) => {
    written.push([id, claim, when]);
    deadlines.push(deadlineMs);
    return answer;
  };
  const unused = async () => UNKNOWN;
  const context = {
    ledger: { insert: unused, advance: unused, replace },
    clock: createManualClock(0),
    fence: "f",
    deadlineMs: 20_000,
    leaseMs: 1,
    horizonMs: 1,
  };
  return { context, written, deadlines };
}
