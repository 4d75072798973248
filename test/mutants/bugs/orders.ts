import type { Mutant } from "../mutant.ts";

const REFUSALS = ["test/delivery/protocols/refusals.test.ts"];

/** Which state of an entity is the newest, and what becomes of the others. */
export const ORDER_BUGS: readonly Mutant[] = [
  {
    name: "older states are settled while the newest is tried again",
    kind: "order",
    file: "lib/delivery/protocols/newest.ts",
    find: `if (outcome.kind === "retry") return outcome;`,
    replace: "",
    tests: REFUSALS,
  },
  {
    name: "older states are settled although the newest was refused",
    kind: "order",
    file: "lib/delivery/protocols/newest.ts",
    find: `if (outcome.kind === "rejected") return retry("NEWER_STATE_REFUSED");`,
    replace: "",
    tests: REFUSALS,
  },
  {
    name: "the oldest state of a batch is delivered",
    kind: "order",
    file: "lib/delivery/protocols/newest.ts",
    find: "known.order < state.order",
    replace: "known.order > state.order",
    tests: REFUSALS,
  },
  {
    name: "a state that is sent again gets a number of its own",
    kind: "order",
    file: "lib/delivery/protocols/fifo-newest-state.ts",
    find: "(known === own ? 0 : 1)",
    replace: "1",
    tests: ["test/delivery/protocols/fifo.test.ts"],
  },
  {
    name: "a FIFO queue sends an older state after a newer one",
    kind: "order",
    file: "lib/delivery/protocols/fifo-newest-state.ts",
    find: "if (known > own) return STALE;",
    replace: "",
    tests: ["test/delivery/protocols/fifo.test.ts"],
  },
];
