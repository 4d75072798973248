import type { Mutant } from "../mutant.ts";

const STACKS = ["test/constructs/stacks.test.ts"];
const PAUSE = ["test/lambdas/enforcer/pause.test.ts"];
const QUEUE = ["test/delivery/aws/sqs-queue.test.ts"];

/** How much, how often, how long. */
export const LIMIT_BUGS: readonly Mutant[] = [
  {
    name: "messages are held for an hour",
    kind: "limit",
    file: "lib/environment/holds.ts",
    find: "longestMs: 15 * 60_000",
    replace: "longestMs: 60 * 60_000",
    tests: PAUSE,
  },
  {
    name: "a hold does not grow",
    kind: "limit",
    file: "lambdas/enforcer/pause.ts",
    find: "backoffMs(Math.max(1, receives), RETRY_HOLDS, random)",
    replace: "backoffMs(1, RETRY_HOLDS, random)",
    tests: PAUSE,
  },
  {
    name: "the inlet is passed once only",
    kind: "limit",
    file: "lib/constructs/horizon.ts",
    find: "sum([...Object.values(HOLDS), HOLDS.inlet])",
    replace: "sum([...Object.values(HOLDS)])",
    tests: STACKS,
  },
  {
    name: "an inlet sets aside what fails once",
    kind: "limit",
    file: "lib/constructs/inlet.ts",
    find: "maxReceiveCount: receivesFor(visibilityTimeout)",
    replace: "maxReceiveCount: Math.min(1, receivesFor(visibilityTimeout))",
    tests: STACKS,
  },
  {
    name: "a consumer's queue sets aside what fails once",
    kind: "limit",
    file: "lib/constructs/sinks/queue-sink.ts",
    find: "const MAX_RECEIVE_COUNT = 10;",
    replace: "const MAX_RECEIVE_COUNT = 1;",
    tests: STACKS,
  },
  {
    name: "an outage of half a day is planned for",
    kind: "limit",
    file: "lib/constructs/outage.ts",
    find: "Duration.hours(36)",
    replace: "Duration.hours(12)",
    tests: ["test/constructs/outage.test.ts"],
  },
  {
    name: "nothing may be sampled at all",
    kind: "limit",
    file: "lib/policy/processor/check-processor.ts",
    find: "rate > 0 && rate <= 1",
    replace: "rate >= 0 && rate <= 1",
    tests: ["test/policy/golden.test.ts"],
  },
  {
    name: "a queue takes 256 KiB",
    kind: "limit",
    file: "lib/delivery/aws/sqs-queue.ts",
    find: "const MAX_BYTES = 1_048_576;",
    replace: "const MAX_BYTES = 262_144;",
    tests: QUEUE,
  },
  {
    name: "a batch that is too large is refused whole",
    kind: "limit",
    file: "lib/delivery/aws/sqs-queue.ts",
    find: `if (entries.length === 1) return forAll(entries, rejected("TOO_LARGE"));`,
    replace: `if (entries.length > 0) return forAll(entries, rejected("TOO_LARGE"));`,
    tests: QUEUE,
  },
];
