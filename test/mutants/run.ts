import { parseArgs } from "node:util";
import { BUGS } from "./bugs/index.ts";
import { MUTANT_KINDS, type Mutant } from "./mutant.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const { values } = parseArgs({
  options: { "one-of-each": { type: "boolean", default: false }, only: { type: "string", default: "" } },
});

const named = BUGS.filter(({ name }) => name.includes(values.only));
const firsts = MUTANT_KINDS.flatMap((kind) => named.filter((bug) => bug.kind === kind).slice(0, 1));
const workbench = await openWorkbench();
process.exitCode = (await survivorsOf(values["one-of-each"] ? firsts : named, workbench)) === 0 ? 0 : 1;
await workbench.close();

/** Plants one bug after the other and counts those that no test finds. */
async function survivorsOf(mutants: readonly Mutant[], { failuresOf }: Workbench): Promise<number> {
  const broken = await failuresOf([...new Set(mutants.flatMap(({ tests }) => tests))]);
  if (broken > 0) throw new Error(`expected every test to pass before a bug is planted, got ${broken} that fail`);
  let survivors = 0;
  for (const mutant of mutants) {
    const failures = await failuresOf(mutant.tests, mutant);
    if (failures === 0) survivors++;
    console.log(`${failures === 0 ? "SURVIVED" : `found by ${failures}`}: ${mutant.name} (${mutant.file})`);
  }
  console.log(`${mutants.length} planted, ${survivors} survived`);
  return survivors;
}
