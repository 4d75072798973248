import { describe, expect, it } from "vitest";
import { isDeep } from "#support/depth";
import { CATALOGUE } from "./catalogue.ts";
import { search } from "./search.ts";

/** Runs per protocol here; `npm run simulate` does as many as it is told. */
const RUNS = 1_000;

/** Every mutant dies within these seeds. */
const SEED = 1;
const MUTANT_RUNS = 6_000;

/** Making a run small takes a thousand more. */
const AGAIN = { runs: 100, seed: SEED, shrink: isDeep() };

describe.each(CATALOGUE)("$scenario.name", ({ scenario, mutants }) => {
  it("keeps its promise in every run", async () => {
    expect(await search(scenario, { runs: RUNS, seed: SEED })).toBeUndefined();
  });

  it.each(mutants)("would not, if it $name", async (mutant) => {
    const found = await search(mutant, { runs: MUTANT_RUNS, seed: SEED, shrink: false });
    expect(found?.violations).not.toHaveLength(0);
  });
});

describe("the simulation", () => {
  it("does the same again for the same choices", async () => {
    const [first, second] = await Promise.all(
      CATALOGUE.map(({ mutants: [mutant] }) => mutant)
        .slice(0, 1)
        .flatMap((mutant) => (mutant === undefined ? [] : [0, 1].map(() => search(mutant, AGAIN)))),
    );
    expect(first?.trace.length).toBeGreaterThan(5);
    expect(second).toEqual(first);
  });
});
