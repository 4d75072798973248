import type { Mutant } from "../mutant.ts";

const OBSERVER = ["test/lambdas/enforcer/observer.test.ts"];

/** What operators are told. */
export const COUNT_BUGS: readonly Mutant[] = [
  {
    name: "ledger writes of unknown outcome are counted again with every batch",
    kind: "count",
    file: "lambdas/enforcer/observer.ts",
    find: "      ledgerUnknown = 0;\n",
    replace: "",
    tests: OBSERVER,
  },
  {
    name: "a failure is told once in a function's life",
    kind: "count",
    file: "lambdas/enforcer/observer.ts",
    find: "      failures.clear();\n",
    replace: "",
    tests: OBSERVER,
  },
  {
    name: "what is done counts as held",
    kind: "count",
    file: "lib/delivery/held.ts",
    find: `items.filter(({ outcomes }) => outcomes.some(({ kind }) => kind === "retry"))`,
    replace: "items",
    tests: ["test/delivery/held.test.ts"],
  },
];
