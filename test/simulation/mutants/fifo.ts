import { retry } from "#delivery";
import { foundClaim, OK } from "#delivery/answer";
import type { Ledger } from "#delivery/ports";
import { HORIZON_MS } from "../scenario.ts";
import type { FifoMutation } from "../scenarios/fifo.ts";

/** Planted bugs of the FIFO protocol for every event. */
export const FIFO_EVERY_EVENT_MUTANTS: readonly FifoMutation[] = [
  {
    name: "writes down that it sent before it sends",
    ledger: (ledger) => ({ ...ledger, insert: (key, claim) => ledger.insert(key, { ...claim, state: "done" }) }),
  },
  {
    name: "sends what others have claimed",
    ledger: (ledger) => ({
      ...ledger,
      async insert(key, claim) {
        const answer = await ledger.insert(key, claim);
        return answer.kind === "found" && answer.claim.state === "pending" ? OK : answer;
      },
    }),
  },
  {
    name: "takes an unknown sending for a sent one",
    queue: (queue) => ({
      send: async (messages) => (await queue.send(messages)).map((sent) => (sent.kind === "unknown" ? OK : sent)),
    }),
  },
  {
    name: "gives each message the answer of its neighbour",
    queue: (queue) => ({
      async send(messages) {
        const answers = await queue.send(messages);
        return [...answers.slice(1), ...answers.slice(0, 1)];
      },
    }),
  },
  { name: "forgets before the horizon", options: (options) => ({ ...options, horizonMs: options.horizonMs / 2 }) },
  {
    name: "lets go of what may have been sent",
    queue: (queue) => ({
      send: async (messages) =>
        (await queue.send(messages)).map((sent) => (sent.kind === "unknown" ? retry("SINK_THROTTLED") : sent)),
    }),
  },
  {
    name: "calls delivered what it could not mark",
    ledger: (ledger) => ({
      ...ledger,
      async replace(key, claim, when) {
        const answer = await ledger.replace(key, claim, when);
        return answer.kind === "unknown" && claim.state === "done" ? OK : answer;
      },
    }),
  },
  {
    name: "takes over a running lease",
    ledger: (ledger) => ({ ...ledger, insert: async (...call) => withoutLease(await ledger.insert(...call)) }),
  },
  {
    name: "sends each time under a new id",
    queue: (queue) => ({
      send: (messages) =>
        queue.send(messages.map((message, at) => ({ ...message, dedupId: `${message.dedupId}.${at}` }))),
    }),
  },
];

/** Planted bugs of the FIFO protocol for newest states. */
export const FIFO_NEWEST_STATE_MUTANTS: readonly FifoMutation[] = [
  {
    name: "writes the watermark before it sends",
    ledger: (ledger) => ({
      ...ledger,
      advance: (key, claim, when) => ledger.advance(key, { ...claim, state: "done" }, when),
    }),
  },
  { name: "lets its consumer take every message", credulous: true },
  {
    name: "counts anew what it has not seen for half a day",
    ledger: (ledger) => ({
      ...ledger,
      advance: (key, claim, when) => ledger.advance(key, { ...claim, expiresMs: when.nowMs + HORIZON_MS / 2 }, when),
      replace: (key, claim, when) =>
        ledger.replace(key, { ...claim, expiresMs: claim.leaseUntilMs + HORIZON_MS / 2 }, when),
    }),
  },
  {
    name: "takes an unknown sending for a sent one",
    queue: (queue) => ({
      send: async (messages) => (await queue.send(messages)).map((sent) => (sent.kind === "unknown" ? OK : sent)),
    }),
  },
];

function withoutLease(answer: Awaited<ReturnType<Ledger["insert"]>>): typeof answer {
  return answer.kind === "found" ? foundClaim({ ...answer.claim, leaseUntilMs: 0 }) : answer;
}
