import type { Blueprint } from "../events/blueprint.ts";
import { listLeaves } from "../events/walk.ts";
import { hides } from "../oracle/judge-value.ts";
import { type Checking, type Comparison, compareRuns, listComparisons } from "./check.ts";
import { chooseHalf, countHalves, type IsChosen } from "./halves.ts";
import { runVaried } from "./run-varied.ts";
import { type ValueVariant, writeVariant } from "./variants.ts";

/**
 * Changes half of the values of every event at a time: an output changes only at the paths that were changed, and only
 * where the cell lets the difference be seen.
 *
 * @returns how many values were compared, over all processors
 */
export async function checkRenamed(checking: Checking): Promise<number> {
  const { blueprints, onProgress } = checking;
  const base = await runVaried(blueprints, () => ({ variantAt: () => "base" }), checking);
  const choices = new Map<Blueprint, IsChosen>();
  let checks = 0;
  for (const variant of ["near", "far"] as const) {
    for (let half = 0; half < countHalves(blueprints); half++) {
      for (const blueprint of blueprints) choices.set(blueprint, chooseHalf(blueprint, half));
      const isChosen = (blueprint: Blueprint, path: string) => choices.get(blueprint)?.(path) ?? false;
      const run = await runVaried(
        blueprints,
        (blueprint) => ({ variantAt: (path) => (isChosen(blueprint, path) ? variant : "base") }),
        checking,
      );
      for (const comparison of listComparisons(checking)) {
        const { blueprint } = comparison;
        const mayDiffer = maySee(comparison, variant, checking);
        const isGiven = compareRuns(
          comparison,
          [base, run],
          checking,
          (path, field) => isChosen(blueprint, path) && mayDiffer(path, field),
        );
        if (isGiven) checks += listLeaves(blueprint).filter(({ path }) => isChosen(blueprint, path)).length;
      }
      onProgress();
    }
  }
  return checks;
}

/** Tells whether the cell of a path lets the processor see which of two values it was given. */
function maySee({ plan, blueprint }: Comparison, variant: ValueVariant, { rules }: Checking) {
  const cells = new Map(listLeaves(blueprint).map(({ path, cell }) => [path, cell]));
  const event = { schema: blueprint.schema, type: blueprint.type ?? "" };
  return (path: string, field: string | undefined): boolean => {
    const cell = cells.get(path);
    const decided = rules.decide(plan.processor, event, path, field);
    const [one, other] = [cell && writeVariant(cell, "base"), cell && writeVariant(cell, variant)];
    return decided !== undefined && one !== undefined && other !== undefined && !hides(decided, one, other);
  };
}
