import { type Checking, compareRuns, listComparisons } from "./check.ts";
import { runVaried } from "./run-varied.ts";

const BASE = { variantAt: () => "base" as const };

/** Adds members that nobody declares to every object, then others in their place: no output byte changes. */
export async function checkUndeclared(checking: Checking): Promise<number> {
  const { blueprints, onProgress } = checking;
  const base = await runVaried(blueprints, () => BASE, checking);
  let checks = 0;
  for (const undeclared of ["added", "changed", "once more"]) {
    const run = await runVaried(blueprints, () => ({ ...BASE, undeclared }), checking);
    checks += listComparisons(checking).filter((comparison) => compareRuns(comparison, [base, run], checking)).length;
    onProgress();
  }
  return checks;
}
