import type { ErrorCode } from "#errors";
import { type Outcome, retry } from "../outcome.ts";
import { answerEach } from "../pair.ts";
import type { Clock, Random, Sink } from "../ports.ts";

export interface Probing {
  readonly clock: Pick<Clock, "nowMs">;
  readonly random: Random;
  /** Longest time that asking with one delivery may take. */
  readonly probeMs: number;
}

/** Why a delivery is tried again where its sink, or what the sink stands on, is to blame. */
const OUTAGE_CODES: ReadonlySet<ErrorCode> = new Set([
  "LEDGER_UNKNOWN",
  "OUT_OF_TIME",
  "SINK_DENIED",
  "SINK_FAILED",
  "SINK_THROTTLED",
  "SINK_UNKNOWN",
  "STORE_UNKNOWN",
]);

/**
 * Asks a sink that took nothing of the last batch with one delivery before it is given the rest.
 *
 * So while a sink is down, a batch costs one delivery and a bounded time. It is picked at random: one that would be
 * refused at any time must not stand for all. The others are retried for the same reason.
 */
export function probeFirst(sink: Sink, { clock, random, probeMs }: Probing): Sink {
  let isDown = false;
  const deliver: Sink["deliver"] = async (batch, deadlineMs) => {
    try {
      const outcomes = await answerEach(batch, () => sink.deliver(batch, deadlineMs));
      isDown = !takesSome(outcomes) && (isDown || outageOf(outcomes) !== undefined);
      return outcomes;
    } catch (failure) {
      isDown = true;
      throw failure;
    }
  };
  return {
    async deliver(batch, deadlineMs) {
      if (!isDown || batch.length === 0) return deliver(batch, deadlineMs);
      const at = pick(batch.length, random);
      const probeUntilMs = Math.min(deadlineMs, clock.nowMs() + probeMs);
      const probe = await deliver(batch.slice(at, at + 1), probeUntilMs);
      const rest = batch.toSpliced(at, 1);
      if (rest.length === 0) return probe;
      const outage = outageOf(probe);
      const outcomes = outage === undefined ? await deliver(rest, deadlineMs) : rest.map(() => retry(outage));
      return outcomes.toSpliced(at, 0, ...probe);
    },
  };
}

function pick(count: number, random: Random): number {
  return Buffer.from(random(4)).readUInt32LE() % count;
}

function takesSome(outcomes: readonly Outcome[]): boolean {
  return outcomes.some(({ kind }) => kind === "delivered" || kind === "rejected");
}

/**
 * Why a sink that took nothing seems to be down.
 *
 * What others have claimed, or had before, says nothing of the sink behind the ledger, and how long to wait for a
 * delivery's own claim concerns no other.
 */
function outageOf(outcomes: readonly Outcome[]): ErrorCode | undefined {
  const codes = outcomes.flatMap((outcome) => (outcome.kind === "retry" ? [outcome.code] : []));
  return codes.find((code) => OUTAGE_CODES.has(code));
}
