import type { Blueprint } from "../events/blueprint.ts";
import { type Checking, compareRuns, listComparisons } from "./check.ts";
import { chooseHalf } from "./halves.ts";
import { runVaried } from "./run-varied.ts";
import type { ValueVariant } from "./variants.ts";

/** Gives half of the values a type that they may not have: the outputs are those of events without these values. */
export async function checkMisfit(checking: Checking): Promise<number> {
  let checks = 0;
  for (const half of [0, 1]) {
    const varied = (variant: ValueVariant) => {
      const variationOf = (blueprint: Blueprint) => {
        const isChosen = chooseHalf(blueprint, half);
        return { variantAt: (path: string) => (isChosen(path) ? variant : "base") };
      };
      return runVaried(checking.blueprints, variationOf, checking);
    };
    const runs = [await varied("absent"), await varied("misfit")] as const;
    checks += listComparisons(checking).filter((comparison) => compareRuns(comparison, runs, checking)).length;
    checking.onProgress();
  }
  return checks;
}
