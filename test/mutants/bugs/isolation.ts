import type { Mutant } from "../mutant.ts";

const HANDLER = ["test/lambdas/enforcer/create-handler.test.ts"];
const PIPELINE = ["test/delivery/pipeline.test.ts"];
const WRAPPERS = ["test/delivery/protocols/wrappers.test.ts"];

/** Whom a failure concerns. */
export const ISOLATION_BUGS: readonly Mutant[] = [
  {
    name: "a reader that throws blocks its batch",
    kind: "isolation",
    file: "lambdas/enforcer/create-handler.ts",
    find: `return [{ malformed: "NOT_AN_EVENT", body }];`,
    replace: "throw failure;",
    tests: HANDLER,
  },
  {
    name: "a rejected record that nobody keeps is told as done",
    kind: "isolation",
    file: "lib/delivery/pipeline.ts",
    find: `return outcome.kind !== "rejected" || isKept(keeping) ? outcome : UNANSWERED;`,
    replace: "return outcome;",
    tests: PIPELINE,
  },
  {
    name: "quarantine keeps what is about an erased person beside others",
    kind: "isolation",
    file: "lib/delivery/quarantine.ts",
    find: "subjects.some((subject) => keys.isFenced(subject))",
    replace: "subjects.slice(0, 1).some((subject) => keys.isFenced(subject))",
    tests: PIPELINE,
  },
  {
    name: "a sink that is down is given whole batches",
    kind: "isolation",
    file: "lib/delivery/protocols/probe-first.ts",
    find: "isDown = !takesSome(outcomes) && (isDown || outageOf(outcomes) !== undefined);",
    replace: "isDown = false;",
    tests: WRAPPERS,
  },
  {
    name: "one refused delivery makes its sink pass for down",
    kind: "isolation",
    file: "lib/delivery/protocols/probe-first.ts",
    find: `kind === "delivered" || kind === "rejected"`,
    replace: `kind === "rejected"`,
    tests: WRAPPERS,
  },
];
