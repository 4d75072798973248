import { describe, expect, it } from "vitest";
import { PROOF_PARTS } from "#cli/prove/proof-parts";
import { DELIVERED } from "#delivery";
import { readRecord } from "#feeds";
import type { Policy } from "#policy";
import { CHANNELS, holds, type Parts, type ProofResult, proveRounds } from "#proof";
import { times } from "#support/depth";
import { isFound, PLANTED_LEAKS } from "./planted-leaks.ts";
import { compileSmallPolicy } from "./policy.ts";

const POLICY = await compileSmallPolicy();
const ONE_ROUND = await proveRounds(POLICY, { canaries: 1, draws: 0, seed: "test", parts: PROOF_PARTS });

/** The policy as one processor knows it: a leak that does not need several is found in what is made for one. */
function policyOf(processor: string): Policy {
  return {
    ...POLICY,
    processors: POLICY.processors.filter((name) => name === processor),
    plans: POLICY.plans.filter((plan) => plan.processor === processor),
  };
}

/** Comparisons of what may not be seen have tests of their own. */
function proveWith(parts: object, { canaries = 1, policy = POLICY, draws = 0 } = {}): Promise<ProofResult> {
  return proveRounds(policy, { canaries, draws, seed: "test", parts: { ...PROOF_PARTS, ...parts } });
}

describe("a proof", () => {
  it("holds for a system that does what its policy says", async () => {
    const result = await proveWith({}, { canaries: times({ few: 1_200, deep: 50_000 }), draws: 1 });
    expect(result.leaks).toEqual([]);
    expect(result.unplanted).toEqual([]);
    expect(result.blind).toEqual([]);
    expect(holds(result)).toBe(true);
    expect(result.canaries).toBeGreaterThan(1_200);
  });

  it("sees everything that may be seen, when every value is as its schema expects", async () => {
    const { table } = ONE_ROUND;
    const missing = table.filter(({ allowed, found }) => found !== allowed);
    expect(missing).toEqual([]);
    expect(table.filter(({ found }) => found > 0).length).toBeGreaterThan(25);
  });

  it("searches every channel", async () => {
    const { searched } = ONE_ROUND;
    const { failure: _failure, warning: _warning, ...expected } = CHANNELS;
    expect(Object.keys(searched).sort()).toEqual(Object.keys(expected).sort());
  });

  it("is the same for the same seed, and another for another", async () => {
    expect(await proveWith({})).toEqual(ONE_ROUND);
  });

  it.each(PLANTED_LEAKS)("finds $name", async (planted) => {
    const { processor = "SEARCH", among } = planted;
    const result = await proveWith(planted.parts, among === "several" ? {} : { policy: policyOf(processor) });
    expect(holds(result)).toBe(false);
    expect(isFound(result.leaks, planted), JSON.stringify(result.leaks.slice(0, 5), undefined, 1)).toBe(true);
  });

  it("does not hold where a path has no value", async () => {
    const [row] = POLICY.matrix;
    const more = { ...row!, path: "data.object.elsewhere" };
    const result = await proveRounds(
      { ...POLICY, matrix: [...POLICY.matrix, more] },
      { canaries: 1, draws: 0, seed: "test" },
    );
    expect(result.unplanted).toEqual([`${more.schema} data.object.elsewhere`]);
    expect(holds(result)).toBe(false);
  });

  it("stops when nobody wants it any more", async () => {
    const stop = new AbortController();
    const options = { canaries: 1_000_000, seed: "test", signal: stop.signal, onProgress: () => stop.abort() };
    await expect(proveRounds(POLICY, options)).rejects.toBe(stop.signal.reason);
  });

  it("names no value", async () => {
    const canaries = new Set<string>();
    const read: Parts["read"] = (record, channel) => {
      for (const [word] of Buffer.from(record)
        .toString()
        .matchAll(/[0-9a-hjkmnp-tv-z]{15,}/g))
        canaries.add(word);
      return readRecord(record, channel);
    };
    const [logging] = PLANTED_LEAKS;
    const text = JSON.stringify(await proveWith({ ...logging!.parts, read }));
    expect(canaries.size).toBeGreaterThan(500);
    expect([...canaries].filter((canary) => text.includes(canary))).toEqual([]);
  });

  it("does not hold where nothing is delivered", async () => {
    const result = await proveWith({ read: () => [] }).catch((error: unknown) => error);
    expect(result).toMatchObject({ message: expect.stringContaining("in a record of the proof, got 0") });
  });

  it("does not hold where a processor sees nothing of what it may see", async () => {
    const blindSink = () => ({ deliver: async (batch: readonly unknown[]) => batch.map(() => DELIVERED) });
    const result = await proveWith({ sinkOf: blindSink });
    expect(result.leaks).toEqual([]);
    expect(result.blind).not.toEqual([]);
    expect(holds(result)).toBe(false);
  });
});
