import type { Mutant } from "../mutant.ts";

const WRAPPERS = ["test/delivery/protocols/wrappers.test.ts"];
const SINKS = ["test/lambdas/enforcer/sinks/sink-for.test.ts"];

/** Deadlines, leases, horizons, and whose clock counts. */
export const TIME_BUGS: readonly Mutant[] = [
  {
    name: "an event at the horizon's boundary is refused",
    kind: "time",
    file: "lib/delivery/protocols/within-horizon.ts",
    find: "timeMs < clock.nowMs() - rememberMs + marginMs",
    replace: "timeMs <= clock.nowMs() - rememberMs + marginMs",
    tests: WRAPPERS,
  },
  {
    name: "the horizon leaves no time to work",
    kind: "time",
    file: "lib/delivery/protocols/within-horizon.ts",
    find: "- rememberMs + marginMs",
    replace: "- rememberMs",
    tests: WRAPPERS,
  },
  {
    name: "a log index is named by the clock",
    kind: "time",
    file: "lambdas/enforcer/sinks/log-index.ts",
    find: "logIndexName(plan, timeMs)",
    replace: "logIndexName(plan, parts.clock.nowMs() + 0 * timeMs)",
    tests: ["test/lambdas/enforcer/deployed.test.ts"],
  },
  {
    name: "a FIFO Lambda has no horizon",
    kind: "time",
    file: "lambdas/enforcer/sinks/fifo-queue.ts",
    find: "return withinHorizon(inPortions(sink, { clock, ...PORTION }), { clock, rememberMs, marginMs: leaseMs });",
    replace: "return inPortions(sink, { clock, ...PORTION });",
    tests: SINKS,
  },
  {
    name: "a lake Lambda has no horizon",
    kind: "time",
    file: "lambdas/enforcer/sinks/lake.ts",
    find: "return withinHorizon(lake, { clock, rememberMs, marginMs: leaseMs });",
    replace: "return lake;",
    tests: SINKS,
  },
  {
    name: "requests know no deadline",
    kind: "time",
    file: "lib/delivery/aws/ask.ts",
    find: "Math.min(terms.deadlineMs ?? Number.POSITIVE_INFINITY, clock.nowMs() + PATIENCE_MS)",
    replace: "clock.nowMs() + PATIENCE_MS",
    tests: ["test/delivery/aws/ask.test.ts"],
  },
  {
    name: "sinks leave no time for what was rejected",
    kind: "time",
    file: "lib/delivery/pipeline.ts",
    find: "run.deadlineMs - QUARANTINE_MS",
    replace: "run.deadlineMs",
    tests: ["test/delivery/pipeline.test.ts"],
  },
  {
    name: "a batch leaves no time for giving back",
    kind: "time",
    file: "lambdas/enforcer/create-handler.ts",
    find: "endMs - GIVE_BACK_MS",
    replace: "endMs",
    tests: ["test/lambdas/enforcer/create-handler.test.ts"],
  },
  {
    name: "a portion begins that cannot end in time",
    kind: "time",
    file: "lib/delivery/protocols/in-portions.ts",
    find: "clock.nowMs() + portionMs <= deadlineMs",
    replace: "clock.nowMs() <= deadlineMs",
    tests: WRAPPERS,
  },
  {
    name: "a probe takes as long as it likes",
    kind: "time",
    file: "lib/delivery/protocols/probe-first.ts",
    find: "Math.min(deadlineMs, clock.nowMs() + probeMs)",
    replace: "deadlineMs",
    tests: WRAPPERS,
  },
];
