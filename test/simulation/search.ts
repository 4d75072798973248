import fc from "fast-check";
import type { Scenario } from "./scenario.ts";
import { simulate } from "./simulate.ts";

/** Most choices of a run; what comes after them is dull. */
const MOST_CHOICES = 240;

export interface Found {
  readonly runs: number;
  readonly violations: readonly string[];
  /** What happened, shrunk to as little as shows it. */
  readonly trace: readonly string[];
  readonly seed: number;
  readonly path: string;
}

export interface SearchOptions {
  readonly runs: number;
  readonly seed: number;
  /** Path of a run that was found before. */
  readonly path?: string;
  /** Whether a run that is found is made as small as can be; true unless told otherwise. */
  readonly shrink?: boolean;
}

/** Looks for a run that breaks a scenario; undefined when `runs` of them do not. */
export async function search(scenario: Scenario, options: SearchOptions): Promise<Found | undefined> {
  const { runs, seed, path, shrink = true } = options;
  const choices = fc.array(fc.nat({ max: 9_999 }), { maxLength: MOST_CHOICES, size: "max" });
  const holds = fc.asyncProperty(
    choices,
    async (numbers) => (await simulate(scenario, numbers)).violations.length === 0,
  );
  const result = await fc.check(holds, {
    numRuns: runs,
    seed,
    endOnFailure: !shrink,
    ...(path !== undefined && { path }),
  });
  if (!result.failed || result.counterexample === null) return undefined;
  const [numbers] = result.counterexample;
  const { violations, trace } = await simulate(scenario, numbers);
  return { runs: result.numRuns, violations, trace, seed, path: result.counterexamplePath ?? "" };
}
