import type { Mutant } from "../mutant.ts";

const FIFO = ["test/delivery/protocols/fifo.test.ts"];
const LAKE = ["test/delivery/protocols/lake.test.ts"];

/** Who may send or write, and when. */
export const CLAIM_BUGS: readonly Mutant[] = [
  {
    name: "a mark is written over whoever's claim is there",
    kind: "claim",
    file: "lib/delivery/protocols/lease.ts",
    find: "    return (await twiceIfUnknown(() => ledger.replace(key, to, { fence }, deadlineMs))).kind;",
    replace: `    const answer = await ledger.replace(key, to, { fence }, deadlineMs);
    return answer.kind === "found" ? (await ledger.replace(key, to, answer.claim, deadlineMs)).kind : answer.kind;`,
    tests: FIFO,
  },
  {
    name: "a FIFO sender takes over a running lease",
    kind: "claim",
    file: "lib/delivery/protocols/fifo-every-event.ts",
    find: "if (remainderMs > 0) return claimedElsewhere(remainderMs);",
    replace: "",
    tests: FIFO,
  },
  {
    name: "a lake takes over a running lease",
    kind: "claim",
    file: "lib/delivery/protocols/claim.ts",
    find: `if (waitMs > 0) return retry("CLAIMED_ELSEWHERE", waitMs);`,
    replace: "",
    tests: LAKE,
  },
  {
    name: "a claim of unknown fate is not tried again",
    kind: "claim",
    file: "lib/delivery/protocols/lease.ts",
    find: `return answer.kind === "unknown" ? write() : answer;`,
    replace: "return answer;",
    tests: FIFO,
  },
  {
    name: "what was sent and not marked is called delivered",
    kind: "claim",
    file: "lib/delivery/protocols/claim-and-send.ts",
    find: `unknown: retry("LEDGER_UNKNOWN"),`,
    replace: "unknown: DELIVERED,",
    tests: FIFO,
  },
  {
    name: "a claim is let go of what may have been sent",
    kind: "claim",
    file: "lib/delivery/protocols/claim-and-send.ts",
    find: `if (answer.kind === "retry" || answer.kind === "rejected")`,
    replace: `if (answer.kind !== "ok")`,
    tests: FIFO,
  },
  {
    name: "a claim is kept of what was certainly not sent",
    kind: "claim",
    file: "lib/delivery/protocols/claim-and-send.ts",
    find: `if (answer.kind === "retry" || answer.kind === "rejected") await letGo(context, key, claim);`,
    replace: "",
    tests: FIFO,
  },
  {
    name: "a worker forgets what it sent and could not mark",
    kind: "claim",
    file: "lib/delivery/protocols/claim-and-send.ts",
    find: `if (marking === "unknown") context.unmarked.add(key, claim);`,
    replace: "",
    tests: FIFO,
  },
  {
    name: "a worker does not mark what earlier batches sent",
    kind: "claim",
    file: "lib/delivery/protocols/claim-and-send.ts",
    find: "await context.unmarked.mark(claiming);",
    replace: "",
    tests: FIFO,
  },
  {
    name: "a lake does not know its own claim again",
    kind: "claim",
    file: "lib/delivery/protocols/claim.ts",
    find: "if (found.fence === attempt.fence) return OK;",
    replace: "",
    tests: LAKE,
  },
  {
    name: "a lake writes an object of which a claim is unknown",
    kind: "claim",
    file: "lib/delivery/protocols/lake.ts",
    find: `members.some((member) => claimOf(member).kind === "unknown")`,
    replace: "false",
    tests: LAKE,
  },
  {
    name: "a tombstone is taken for a worker's object",
    kind: "claim",
    file: "lib/delivery/protocols/claim.ts",
    find: "return tombstone ? GONE : DUPLICATE;",
    replace: "return tombstone ? DUPLICATE : DUPLICATE;",
    tests: LAKE,
  },
  {
    name: "the last of an event's deliveries in a batch counts",
    kind: "claim",
    file: "lib/delivery/protocols/distinct.ts",
    find: "const isFirst = batch.map(({ ledgerId }) => seen.size < seen.add(ledgerId).size);",
    replace:
      "const isFirst = batch.map(({ ledgerId }, at) => batch.findLastIndex((last) => last.ledgerId === ledgerId) === at || seen.size < 0);",
    tests: ["test/delivery/protocols/distinct.test.ts"],
  },
];
