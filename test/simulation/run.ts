import { parseArgs } from "node:util";
import { CATALOGUE } from "./catalogue.ts";
import { type Found, search } from "./search.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "20000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    path: { type: "string" },
    protocol: { type: "string" },
  },
});
const runs = Number(values.runs);
const seed = Number(values.seed);

let broken = 0;
for (const { scenario } of CATALOGUE.filter(({ scenario: { name } }) => name.includes(values.protocol ?? ""))) {
  const startedMs = Date.now();
  const found = await search(scenario, { runs, seed, ...(values.path !== undefined && { path: values.path }) });
  const seconds = ((Date.now() - startedMs) / 1_000).toFixed(1);
  if (found === undefined)
    console.log(`${scenario.name}: ${runs} schedules, no violation (seed ${seed}, ${seconds} s)`);
  else broken += report(scenario.name, found);
}
process.exitCode = broken === 0 ? 0 : 1;

function report(name: string, { violations, trace, runs: made, path }: Found): number {
  console.log(`${name}: broken after ${made} schedules: ${violations.join("; ")}`);
  console.log(trace.map((line) => `  ${line}`).join("\n"));
  console.log(`again: npm run simulate -- --protocol "${name}" --seed ${seed} --path "${path}" --runs 1`);
  return 1;
}
