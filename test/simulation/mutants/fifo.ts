import { OK } from "#delivery/answer";
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
  { name: "forgets before the horizon", options: (options) => ({ ...options, horizonMs: options.horizonMs / 2 }) },
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
