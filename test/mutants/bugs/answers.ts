import type { Mutant } from "../mutant.ts";

const INDEX = ["test/delivery/aws/opensearch-index.test.ts"];
const QUEUE = ["test/delivery/aws/sqs-queue.test.ts"];
const ASK = ["test/delivery/aws/ask.test.ts"];

/** What a store, a queue or an index said, and what it is taken for. */
export const ANSWER_BUGS: readonly Mutant[] = [
  {
    name: "a stale state is told as a duplicate",
    kind: "answer",
    file: "lib/delivery/aws/bulk.ts",
    find: "=== action.order ? EXISTS : NEWER",
    replace: "=== action.order ? EXISTS : EXISTS",
    tests: INDEX,
  },
  {
    name: "an index's newer state is told as a duplicate",
    kind: "answer",
    file: "lib/delivery/answer.ts",
    find: "newer: STALE,",
    replace: "newer: DUPLICATE,",
    tests: ["test/delivery/protocols/indexes.test.ts"],
  },
  {
    name: "409 is told as delivered",
    kind: "answer",
    file: "lib/delivery/aws/bulk.ts",
    find: "if (status === 409) return isCreate ? EXISTS : THROTTLED;",
    replace: "if (status === 409) return isCreate ? EXISTS : OK;",
    tests: INDEX,
  },
  {
    name: "results of sends are off by one",
    kind: "answer",
    file: "lib/delivery/aws/sqs-queue.ts",
    find: "id === String(position)",
    replace: "id === String(position + 1)",
    tests: QUEUE,
  },
  {
    name: "a FIFO message is given its neighbour's answer",
    kind: "answer",
    file: "lib/delivery/protocols/claim-and-send.ts",
    find: "pair(claimed, answers)",
    replace: "pair(claimed, [...answers.slice(1), ...answers.slice(0, 1)])",
    tests: ["test/delivery/protocols/fifo.test.ts"],
  },
  {
    name: "a standard queue's unknown sending is told as sent",
    kind: "answer",
    file: "lib/delivery/protocols/standard-queue.ts",
    find: ".map(outcomeOf)",
    replace: `.map((answer) => outcomeOf(answer.kind === "unknown" ? { kind: "ok" } : answer))`,
    tests: ["test/delivery/protocols/standard-queue.test.ts"],
  },
  {
    name: "a refusal after a lost try is taken for certain",
    kind: "answer",
    file: "lib/delivery/aws/ask.ts",
    find: `isRepeated ||= reply.kind === "unknown";`,
    replace: "",
    tests: ASK,
  },
  {
    name: "a message refused after a lost try is taken for not sent",
    kind: "answer",
    file: "lib/delivery/aws/sqs-queue.ts",
    find: "isRepeated ? UNKNOWN : judgeMessage(Code, SenderFault)",
    replace: "judgeMessage(Code, SenderFault)",
    tests: QUEUE,
  },
  {
    name: "a message that the queue failed with is taken for not sent",
    kind: "answer",
    file: "lib/delivery/aws/refusals.ts",
    find: "(isSendersFault ? DENIED : UNKNOWN)",
    replace: "(isSendersFault ? DENIED : THROTTLED)",
    tests: QUEUE,
  },
  {
    name: "a failure of the service is taken for a refusal",
    kind: "answer",
    file: "lib/delivery/aws/failures.ts",
    find: "status < 300 || status >= 500 ||",
    replace: "status < 300 ||",
    tests: ASK,
  },
  {
    name: "documents are rejected while their index is out of shards",
    kind: "answer",
    file: "lib/delivery/aws/refusals.ts",
    find: `["validation_exception", DENIED],`,
    replace: `["validation_exception", rejected("SINK_REFUSED")],`,
    tests: INDEX,
  },
  {
    name: "an ambiguous document is rejected without a witness that its index still takes",
    kind: "answer",
    file: "lib/delivery/aws/settle-ambiguous.ts",
    find: `return WRITTEN.has((await writeAlone(witness)).kind) ? rejected("SINK_REFUSED") : DENIED;`,
    replace: `return rejected("SINK_REFUSED");`,
    tests: INDEX,
  },
  {
    name: "a part that says more than it was asked passes for one that answers",
    kind: "answer",
    file: "lib/delivery/pair.ts",
    find: "answers.length !== items.length",
    replace: "answers.length < items.length",
    tests: ["test/delivery/pair.test.ts"],
  },
];
