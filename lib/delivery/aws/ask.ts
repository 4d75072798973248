import { type Answer, UNKNOWN } from "../answer.ts";
import { type Backoff, backoffMs } from "../backoff.ts";
import type { Clock, Random } from "../ports.ts";
import { type Refused, readFailure } from "./failures.ts";

/** The service did what was asked. */
export interface Done<Output> {
  readonly kind: "done";
  readonly output: Output;
  /** An earlier try was lost: it may have been carried out too. */
  readonly isRepeated: boolean;
}

/**
 * What became of a request. `refused` is certain: no try of it was carried out.
 *
 * After no answer, a cut one, or a failure of the service it is `unknown`.
 */
export type Reply<Output> = Done<Output> | Refused | Answer<"unknown">;

export interface Terms {
  /** Names of errors that tell how things stand, whatever became of earlier tries. */
  readonly answers?: readonly string[];
  /** Names of errors that ask to try again, beside those that always do. */
  readonly passing?: readonly string[];
  /** When to have given up, in ms since the epoch. */
  readonly deadlineMs?: number;
}

/**
 * Sends a request until there is an answer, a few times, and never throws.
 *
 * Requests must be safe to repeat. A refusal after a lost try says nothing of that try, so together they are `unknown`.
 */
export type Ask = <Output>(send: Send<Output>, terms?: Terms) => Promise<Reply<Output>>;

/** Makes the terms of a request that has to be over by then; absent = by none but our own. */
export function within(deadlineMs: number | undefined): Pick<Terms, "deadlineMs"> {
  return deadlineMs === undefined ? {} : { deadlineMs };
}

/** Sends the request once. */
export type Send<Output> = (options: { readonly abortSignal: AbortSignal }) => Promise<Output>;

/** Longest wait for one answer, how often it is asked for, and the longest time for all of it. */
const ANSWER_MS = 5_000;
const TRIES = 3;
const PATIENCE_MS = 15_000;

const PAUSES: Backoff = { firstMs: 100, longestMs: 1_000 };

interface AskOptions {
  readonly clock: Clock;
  readonly random: Random;
}

/** Makes the loop that every request to a service goes through. */
export function createAsk({ clock, random }: AskOptions): Ask {
  return async (send, terms = {}) => {
    const deadlineMs = Math.min(terms.deadlineMs ?? Number.POSITIVE_INFINITY, clock.nowMs() + PATIENCE_MS);
    let isRepeated = false;
    for (let tried = 1; ; tried++) {
      const leftMs = deadlineMs - clock.nowMs();
      const reply = leftMs > 0 ? await sendOnce(send, leftMs) : TIMED_OUT;
      const pauseMs = backoffMs(tried, PAUSES, random);
      const isLast = tried === TRIES || clock.nowMs() + pauseMs >= deadlineMs;
      if (isLast || !isPassing(reply, terms)) return judge(reply, isRepeated, terms);
      isRepeated ||= reply.kind === "unknown";
      await clock.sleep(pauseMs);
    }
  };
}

/** There is no time to send it: certain not to be carried out. */
const TIMED_OUT: Refused = { kind: "refused", name: "OutOfTime", status: 0, isPassing: true, error: undefined };

async function sendOnce<Output>(send: Send<Output>, leftMs: number): Promise<Reply<Output>> {
  const abortSignal = AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(ANSWER_MS, leftMs))));
  try {
    return { kind: "done", output: await send({ abortSignal }), isRepeated: false };
  } catch (failure) {
    return readFailure(failure) ?? UNKNOWN;
  }
}

function isPassing(reply: Reply<unknown>, { passing = [] }: Terms): boolean {
  if (reply.kind === "refused") return reply.isPassing || passing.includes(reply.name);
  return reply.kind === "unknown";
}

function judge<Output>(reply: Reply<Output>, isRepeated: boolean, { answers = [] }: Terms): Reply<Output> {
  if (!isRepeated) return reply;
  if (reply.kind === "done") return { ...reply, isRepeated };
  return reply.kind === "refused" && answers.includes(reply.name) ? reply : UNKNOWN;
}
